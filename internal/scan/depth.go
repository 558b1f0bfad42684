package scan

import "bytes"

// maxNesting is how many brackets may be open at a time. Whatever the format,
// and wherever they stand, no file that people or programs work with has so
// many; parsers that call themselves for each would use up their stack.
const maxNesting = 5_000

// tooDeep says whether more brackets, or more elements of XML, than that are open
// at a time. To count them is fast; to follow them is slower, and hardly ever
// needed.
func tooDeep(data []byte) bool {
	if bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{"))+bytes.Count(data, []byte("(")) > maxNesting && deepBrackets(data) {
		return true
	}
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte("<")) && bytes.Count(data, []byte("<")) > maxNesting && deepElements(data)
}

func deepBrackets(data []byte) bool {
	depth := 0
	for _, b := range data {
		switch b {
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			depth = max(depth-1, 0)
		}
		if depth > maxNesting {
			return true
		}
	}
	return false
}

func deepElements(data []byte) bool {
	depth := 0
	for i := 0; i+1 < len(data); i++ {
		switch {
		case data[i] == '<' && data[i+1] == '/', data[i] == '/' && data[i+1] == '>':
			depth = max(depth-1, 0)
		case data[i] == '<' && data[i+1] != '!' && data[i+1] != '?':
			depth++
		}
		if depth > maxNesting {
			return true
		}
	}
	return false
}
