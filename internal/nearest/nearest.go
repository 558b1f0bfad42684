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
	if best := Closest(word, known, len(word)/2+1); best != "" {
		return []string{best}
	}
	return nil
}

// Closest is the known word that fewer than so many changes of letters lead
// to, whatever their case; empty where there is none.
func Closest(word string, known []string, within int) string {
	best, least := "", within
	for _, k := range known[:min(len(known), maxKnown)] {
		if d := distance(strings.ToLower(word), strings.ToLower(k), least); d < least {
			best, least = k, d
		}
	}
	return best
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
const maxLength = 80

// maxKnown bounds the known words that are compared letter by letter.
const maxKnown = 500

// distance is the number of letters to insert, remove or replace, up to a
// bound.
func distance(a, b string, bound int) int {
	if len(a) > maxLength || len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
