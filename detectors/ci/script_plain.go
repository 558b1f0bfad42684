package ci

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// plainLine matches a program with arguments that every shell reads alike;
// cmdlet the verb and noun of PowerShell's own commands.
var (
	plainLine = regex.New(`^(?:call +|& *)?([A-Za-z0-9_.:/\\-]+(?: +(?:[^ "'|&;<>(){}#]+|"[^"]*"|'[^']*'))*)$`)
	cmdlet    = regex.New(`^[A-Z][a-zA-Z]+-[A-Z]`)
	plainWord = regex.New(`"[^"]*"|'[^']*'|[^ ]+`)
	keywords  = regex.New(`(?i)^(if|else|for|foreach|while|function|param|try|catch|rem|set|echo|goto|exit|return|throw|::.*|@.*)$`)
)

// plain are the lines of a script for PowerShell or cmd that run a program.
// Only the last one's failure fails the script.
func (s script) plain() []wiring.Command {
	var found []wiring.Command
	for _, p := range s.pieces {
		for i, line := range p.lines {
			if words := plainWords(line); words != nil {
				found = append(found, wiring.Command{Words: words, Dir: ".", At: p.file.Line(p.at[i])})
			}
		}
	}
	for i := range max(len(found)-1, 0) {
		found[i].Swallowed = "the shell goes on after it"
	}
	return found
}

func plainWords(line string) []string {
	m := plainLine.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil || cmdlet.MatchString(m[1]) {
		return nil
	}
	var words []string
	for _, w := range plainWord.FindAllString(m[1], -1) {
		words = append(words, strings.Trim(w, `"'`))
	}
	if keywords.MatchString(words[0]) {
		return nil
	}
	words[0] = strings.ReplaceAll(words[0], `\`, "/")
	return words
}
