package docs

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// An order is a pattern of what a sentence tells its reader to do: a verb in
// the imperative, or after "you must", with what it is done to. What others
// do, or what can be done, is none.
type order struct {
	// words are texts of which one must be in the sentence, in lower case; they
	// only save trying the pattern.
	words   []string
	pattern *regex.Pattern
}

// lead is what stands before the verb of an order: the beginning of the
// sentence or of a clause, or what puts the reader under an obligation.
const lead = `(?:^\W*(?:(?:step )?\d+\W+)?|[,;:] |[–—→>-] |\b(?:and|then|please|you|you(?:'ll| will| must| should| can| may| could)|you(?:'ll| will)? (?:need|have) to) )(?:(?:then|next|first|now|finally|please|simply|just|manually|also|again|either) )*`

func newOrder(words []string, pattern string) order {
	return order{words, regex.New(`(?i)` + lead + `(?:` + pattern + `)`)}
}

// opening is how a sentence begins that goes on to tell the reader to do
// something.
var opening = regex.New(`(?i)^\W*(?:(?:step )?\d+\W+)?(?:(?:then|next|first|finally|now|please|afterwards|optionally|alternatively|also|so)\W+)*(?:to|in|on|at|from|under|with|using|once|when|after|before|for|if|as|until|you|access|go|navigate|log|login|sign|open|head|visit|click|select|choose|create|add|set|change|update|edit|enable|disable|configure|delete|remove|register|upload|rotate|invite|approve|paste|renew|generate|assign|grant|ask|contact|raise|submit|get|obtain|request|use|run|make|copy|ssh|connect|install|deploy|trigger|find|ensure|check|follow|apply|search|enter|write|send)\b`)

// in is the phrase of a sentence that gives the order; empty where none does.
func (o order) in(sentence, lower string) string {
	if !holdsOne(lower, o.words) {
		return ""
	}
	for _, at := range o.pattern.FindAllStringIndex(sentence, 5) {
		before, phrase := sentence[:at[0]], sentence[at[0]:at[1]]
		addressed := len(phrase) > 4 && strings.EqualFold(phrase[:4], "you ")
		if strings.Trim(before, " *-•0123456789.)(") == "" || addressed || opening.MatchString(before) {
			return strings.TrimLeft(phrase, " ,;:–—→>-*")
		}
	}
	return ""
}
