package syntax

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// frontMatter is the source with its front matter blanked, and the front
// matter where it is valid YAML.
func frontMatter(f *detect.File) ([]byte, Node) {
	open, _, _ := bytes.Cut(f.Data, []byte("\n"))
	fence := string(bytes.TrimRight(open, " \t\r"))
	if fence != "---" && fence != "+++" {
		return f.Data, Node{}
	}
	end := closingFence(f.Data, len(open)+1, fence)
	if end < 0 {
		return f.Data, Node{}
	}
	var meta Node
	if fence == "---" {
		if meta = metaNode(f, len(open)+1, end); !meta.IsMap() {
			return f.Data, Node{} // two thematic breaks
		}
	}
	source := bytes.Clone(f.Data)
	blankRange(source, 0, end)
	return source, meta
}

// closingFence is the end of the line that closes the front matter.
func closingFence(data []byte, start int, fence string) int {
	for start < len(data) {
		line, _, _ := bytes.Cut(data[start:], []byte("\n"))
		end := start + len(line)
		if text := string(bytes.TrimRight(line, " \t\r")); text == fence || fence == "---" && text == "..." {
			return end
		}
		start = end + 1
	}
	return -1
}

// metaNode parses the front matter at its place in the file.
func metaNode(f *detect.File, start, end int) Node {
	if last := bytes.LastIndexByte(f.Data[:end], '\n'); last > start {
		end = last
	}
	text := append([]byte("\n"), f.Data[start:end]...)
	docs, err := decodeYAML(f, text)
	if err != nil || len(docs) == 0 {
		return Node{}
	}
	return docs[0]
}

var (
	erbLine    = regex.New(`(?m)^[ \t]*<%[^=\n][^\n]*%>[ \t]*\r?$`)
	mdxImport  = regex.New(`(?m)^(?:import|export)\s[^\n]*$`)
	mdxComment = regex.New(`(?s)\{/\*.*?\*/\}`)
)

// blankForeign blanks the lines of a document that belong to the program that
// renders it.
func blankForeign(p string, source []byte) []byte {
	switch {
	case strings.EqualFold(path.Ext(p), ".mdx"):
		return blankMatches(mdxComment, blankMatches(mdxImport, source))
	case bytes.Contains(source, []byte("<%")):
		return blankMatches(erbLine, source)
	}
	return source
}
