package report

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// Alike are gaps of one check that say the same of different places.
type alike struct {
	// message is what they say; the place of each is left out of it.
	message string
	gaps    []rules.Gap
}

// alike groups the gaps of a kind: a message that names its own file or folder
// says no more than the place beside it.
func (k gapKind) alike() []alike {
	var groups []alike
	at := map[string]int{}
	for _, g := range k.gaps {
		message := placeless(g)
		i, ok := at[message]
		if !ok {
			i = len(groups)
			at[message] = i
			groups = append(groups, alike{message: message})
		}
		groups[i].gaps = append(groups[i].gaps, g)
	}
	for i, group := range groups {
		if len(group.gaps) == 1 {
			groups[i].message = group.gaps[0].Message
		}
	}
	return groups
}

// placeless is a message with "…" for the path and the folder of its gap.
func placeless(g rules.Gap) string {
	words := strings.Split(g.Message, " ")
	for i, w := range words {
		bare := strings.TrimRight(w, ".,;:")
		if bare != "" && (bare == g.At.Path || bare == path.Dir(g.At.Path)) {
			words[i] = "…" + w[len(bare):]
		}
	}
	return strings.Join(words, " ")
}
