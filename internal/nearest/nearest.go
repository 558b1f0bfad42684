// Package nearest finds, among the words that are known, the one that was
// probably meant.
package nearest

import "strings"

// maxWords bounds how many words are proposed.
const maxWords = 5

// Words are the known words that are nearest to a word: those that it starts,
// else those that hold it, else the one that the fewest changes of letters lead
// to. There are none where nothing is near.
func Words(word string, known []string) []string {
	lower := strings.ToLower(word)
	for _, like := range []func(k string) bool{
		func(k string) bool { return strings.HasPrefix(k, lower) },
		func(k string) bool { return len(lower) > 2 && strings.Contains(k, lower) },
	} {
		if found := matching(known, like); len(found) > 0 && lower != "" {
			return found
		}
	}
	best, least := "", len(word)/2+1
	for _, k := range known {
		if d := distance(lower, strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}

func matching(known []string, like func(string) bool) []string {
	var found []string
	for _, k := range known {
		if like(strings.ToLower(k)) && len(found) < maxWords {
			found = append(found, k)
		}
	}
	return found
}

// Hint asks whether one of the nearest words was meant; where none is near it
// names all that are known.
func Hint(word string, known []string) string {
	if found := Words(word, known); len(found) > 0 {
		return "did you mean " + strings.Join(found, " or ") + "?"
	}
	return "the known ones are " + strings.Join(known, ", ")
}

// maxLength is the length of a word above which nothing is near.
const maxLength = 64

// distance is the number of letters to insert, remove or replace.
func distance(a, b string) int {
	if len(a) > maxLength {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
