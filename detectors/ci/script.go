package ci

import (
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A script is the text of one or several shell scripts that run one after the
// other in one shell, each line with its place in a file.
type script struct {
	pieces []piece
}

// A piece is one item of a list of scripts.
type piece struct {
	file  *detect.File
	lines []string
	at    []int // the line of the file that each line stands on
}

// add appends a scalar of a YAML file.
func (s *script) add(f *detect.File, n syntax.Node) {
	if text := n.Text(); strings.TrimSpace(text) != "" {
		s.pieces = append(s.pieces, lay(f, n, text))
	}
}

// addList appends the scalars of a list, or the scalar that stands in its
// place.
func (s *script) addList(f *detect.File, n syntax.Node) {
	for _, item := range n.List() {
		s.add(f, item)
	}
}

// addText appends a text of which each line stands on the given line.
func (s *script) addText(f *detect.File, text string, at func(line int) int) {
	p := piece{file: f, lines: strings.Split(text, "\n")}
	for i := range p.lines {
		p.at = append(p.at, at(i))
	}
	s.pieces = append(s.pieces, p)
}

// substitute applies a change to each line that leaves its breaks alone.
func (s *script) substitute(change func(string) string) {
	for _, p := range s.pieces {
		for i, line := range p.lines {
			p.lines[i] = strings.ReplaceAll(change(line), "\n", " ")
		}
	}
}

// A shell is how a vendor runs a script.
type shell struct {
	// stops says that it runs with "set -e", pipefail that a pipe fails with
	// any of its parts.
	stops, pipefail bool
	// plain says that it is no POSIX shell: only lines that any shell reads
	// alike are taken for commands. foreign says that it is no shell at all.
	plain, foreign bool
	// macros matches what the vendor replaces in the text beforehand and a
	// shell would read otherwise.
	macros *regex.Pattern
}

// commands are the simple commands of the script. A text that does not parse
// has none; if one of several pieces does not, the others are read alone.
func (s script) commands(sh shell) []wiring.Command { return s.from(0, sh) }

// from are the commands of the pieces from one on, after those before it.
func (s script) from(start int, sh shell) []wiring.Command {
	switch {
	case sh.foreign || len(s.pieces) <= start:
		return nil
	case sh.plain:
		return s.plain()
	}
	if found, err := join(s.pieces).parse(sh, lines(s.pieces[:start])); err == nil {
		return found
	}
	var all []wiring.Command
	for _, p := range s.pieces[start:] {
		if found, err := join([]piece{p}).parse(sh, 0); err == nil {
			all = append(all, found...)
		}
	}
	return all
}

func lines(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += len(p.lines)
	}
	return n
}

// A joined script is one text; files and lines say where its lines stand.
type joined struct {
	text  string
	files []*detect.File
	lines []int
}

func join(pieces []piece) joined {
	var j joined
	var all []string
	for _, p := range pieces {
		all = append(all, p.lines...)
		j.lines = append(j.lines, p.at...)
		for range p.lines {
			j.files = append(j.files, p.file)
		}
	}
	j.text = strings.Join(all, "\n")
	return j
}

// parse are the commands from a line of the text on.
func (j joined) parse(sh shell, from int) ([]wiring.Command, error) {
	if lang := interpreter(j.text); lang != "" {
		sh.stops, sh.pipefail = strings.Contains(lang, " -e"), false
		if !posix(lang) {
			return nil, nil
		}
	}
	text, originals := hide(j.text, sh.macros)
	found, err := syntax.Shell(text, sh.stops, sh.pipefail)
	if err != nil {
		return nil, err
	}
	commands := make([]wiring.Command, 0, len(found))
	for _, c := range found {
		if c.Line < from {
			continue
		}
		for i, word := range c.Words {
			c.Words[i] = show(word, originals)
		}
		c.Dir = show(c.Dir, originals)
		line := min(max(c.Line, 0), len(j.lines)-1)
		commands = append(commands, wiring.CommandAt(c, j.files[line].Line(j.lines[line])))
	}
	return commands, nil
}

// interpreter is what a text that starts with "#!" names.
func interpreter(text string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n\r\t "), "\n")
	lang, ok := strings.CutPrefix(first, "#!")
	if !ok {
		return ""
	}
	return strings.TrimSpace(lang)
}

var posixShell = regex.New(`\b(ba|da|k|z|a)?sh\b`)

func posix(interpreter string) bool { return posixShell.MatchString(interpreter) }

// hide puts "${{ @0 }}" in place of macros, which the shell view keeps as one
// word.
func hide(text string, macros *regex.Pattern) (string, []string) {
	if macros == nil {
		return text, nil
	}
	var originals []string
	text = macros.ReplaceAllStringFunc(text, func(s string) string {
		originals = append(originals, s)
		return "${{ @" + strconv.Itoa(len(originals)-1) + " }}"
	})
	return text, originals
}

var hidden = regex.New(`\$\{\{ @(\d+) \}\}`)

func show(word string, originals []string) string {
	if len(originals) == 0 {
		return word
	}
	return hidden.ReplaceAllStringFunc(word, func(s string) string {
		i, err := strconv.Atoi(hidden.FindStringSubmatch(s)[1])
		if err != nil || i >= len(originals) {
			return s
		}
		return originals[i]
	})
}
