package tasks

import (
	"path"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// maxTasks bounds the tasks of one file.
const maxTasks = 5000

// makefile reads the rules of a makefile as far as they can be read without
// running it: targets by name, their prerequisites, and their recipes. What
// variables hold is not followed, but where one names a program.
// Source: https://www.gnu.org/software/make/manual/make.html
func makefile(tree *detect.Tree, f *detect.File) ([]wiring.Task, error) {
	m := maker{tree: tree, f: f, dir: madeIn(tree, f.Path), programs: map[string]string{"MAKE": "make"}}
	lines := strings.Split(string(f.Data), "\n")
	for i := 0; i < len(lines) && len(m.tasks) < maxTasks; {
		text, next := joined(lines, i)
		m.line(text, i+1, next)
		i = next
	}
	for i := range m.tasks {
		m.tasks[i].Open = m.unseen
	}
	return m.tasks, nil
}

// madeIn is the folder that a makefile is run in: one to be included belongs
// to the makefile beside or above it.
func madeIn(tree *detect.Tree, p string) string {
	own := path.Dir(p)
	if path.Ext(p) != ".mk" {
		return own
	}
	for dir := own; ; dir = path.Dir(dir) {
		for _, name := range []string{"Makefile", "makefile", "GNUmakefile"} {
			if _, ok := tree.File(path.Join(dir, name)); ok {
				return dir
			}
		}
		if dir == "." {
			return own
		}
	}
}

// joined is the logical line that begins at i, its parts still separated by a
// backslash and a line break, and the index of the next one.
func joined(lines []string, i int) (string, int) {
	parts := []string{strings.TrimRight(lines[i], "\r")}
	for i++; i < len(lines) && strings.HasSuffix(parts[len(parts)-1], `\`); i++ {
		parts = append(parts, strings.TrimRight(lines[i], "\r"))
	}
	return strings.Join(parts, "\n"), i
}

// A maker reads a makefile line by line.
type maker struct {
	tree     *detect.Tree
	f        *detect.File
	dir      string
	programs map[string]string // by the variable that names them
	tasks    []wiring.Task
	// open are how many of the last tasks a recipe belongs to.
	open int
	// defining says that the line lies in a define block.
	defining bool
	// unseen says that there may be rules which cannot be read here: those of
	// files that are elsewhere, and those for patterns.
	unseen bool
}

var (
	makeAssign    = regex.New(`^\s*(?:export\s+|override\s+)?([\w.-]+)\s*(?::{0,3}=|\?=|\+=|!=)\s*(.*)`)
	makeRule      = regex.New(`^([^:=#\t][^:=#]*?)\s*&?::?(?:\s|$|[^=:])`)
	makeDirective = regex.New(`^\s*(?:ifeq|ifneq|ifdef|ifndef|else|endif|-?include|sinclude|export|unexport|override|vpath|undefine)\b`)
	makeInclude   = regex.New(`^\s*(?:-?include|sinclude)\s`)
	program       = regex.New(`^[\w./-]+$`)
	targetName    = regex.New(`^[A-Za-z0-9_][\w./+@:-]*$`)
	targetHeld    = regex.New(`^\$[({][\w.-]+[)}]$`)
)

func (m *maker) line(text string, first, last int) {
	trimmed := strings.TrimSpace(text)
	switch {
	case m.defining:
		m.defining = !strings.HasPrefix(trimmed, "endef")
	case strings.HasPrefix(text, "\t"):
		if m.open > 0 {
			m.recipe(text, first)
		}
	case trimmed == "" || trimmed[0] == '#':
	case strings.HasPrefix(trimmed, "define ") || strings.HasPrefix(trimmed, "override define "):
		m.defining, m.open = true, 0
	case makeInclude.MatchString(text):
		m.unseen = m.unseen || !m.hasIncluded(trimmed)
	case makeDirective.MatchString(text):
	default:
		m.statement(text, first, last)
	}
}

// hasIncluded says whether the files that a line includes are all there.
func (m *maker) hasIncluded(text string) bool {
	for _, name := range strings.Fields(text)[1:] {
		if !m.tree.Has(path.Join(m.dir, name)) {
			return false
		}
	}
	return true
}

// statement reads an assignment or the head of a rule.
func (m *maker) statement(text string, first, last int) {
	m.open = 0
	flat := strings.ReplaceAll(text, "\\\n", " ")
	if a := makeAssign.FindStringSubmatch(flat); a != nil {
		if value := strings.TrimSpace(a[2]); program.MatchString(value) {
			m.programs[a[1]] = value
		}
		return
	}
	rule := makeRule.FindStringSubmatch(flat)
	if rule == nil {
		return
	}
	rest := strings.TrimLeft(strings.TrimPrefix(flat[len(rule[1]):], " "), " &:")
	rest, doc, _ := strings.Cut(rest, "##")
	rest, _, _ = strings.Cut(rest, "#")
	if makeAssign.MatchString(rest) || strings.Contains(rest, ":=") {
		return // a variable of the target
	}
	needs, inline, _ := strings.Cut(rest, ";")
	for _, name := range strings.Fields(rule[1]) {
		m.unseen = m.unseen || strings.ContainsAny(name, "%$")
		if isTarget(name) {
			m.tasks = append(m.tasks, wiring.Task{Runner: "make", Name: name, Dir: m.dir, At: m.f.Lines(first, last), Needs: needed(needs), Doc: strings.TrimSpace(doc)})
			m.open++
		}
	}
	if m.open > 0 && strings.TrimSpace(inline) != "" {
		m.recipe(inline, first)
	}
}

// isTarget says whether a word names one target: by its name, or by the variable
// that holds it, which prerequisites name in the same way.
func isTarget(word string) bool {
	return targetName.MatchString(word) && !strings.Contains(word, ":") || targetHeld.MatchString(word)
}

// needed are the prerequisites that are names.
func needed(text string) []string {
	if _, after, ok := strings.Cut(text, ":"); ok { // a static pattern rule
		text = after
	}
	var names []string
	for _, name := range strings.Fields(strings.ReplaceAll(text, "|", " ")) {
		if targetName.MatchString(name) || targetHeld.MatchString(name) {
			names = append(names, name)
		}
	}
	return names
}

// recipe adds the commands of one line to the tasks that are open.
func (m *maker) recipe(text string, first int) {
	text = strings.TrimLeft(text, " \t")
	l := line{at: func(from, to int) detect.Span { return m.f.Lines(first+from, first+to) }}
	for text != "" && strings.ContainsRune("@+- \t", rune(text[0])) {
		if text[0] == '-' {
			l.swallowed = "make's - prefix"
		}
		text = text[1:]
	}
	var kept []string
	l.text, kept = m.hideVariables(text)
	found := l.commands()
	for i := range found {
		for j, word := range found[i].Words {
			found[i].Words[j] = m.showVariables(word, kept, j == 0)
		}
	}
	for i := len(m.tasks) - m.open; i < len(m.tasks); i++ {
		m.tasks[i].Commands = append(m.tasks[i].Commands, found...)
	}
}

// hideVariables replaces what make expands by words that a shell leaves alone.
func (m *maker) hideVariables(text string) (string, []string) {
	var out strings.Builder
	var kept []string
	for i := 0; i < len(text); {
		switch n := reference(text[i:]); {
		case strings.HasPrefix(text[i:], "$$"):
			out.WriteByte('$')
			i += 2
		case n > 0:
			out.WriteString(hidden + strconv.Itoa(len(kept)) + "_")
			kept = append(kept, text[i:i+n])
			out.WriteString(strings.Repeat("\\\n", strings.Count(text[i:i+n], "\n")))
			i += n
		default:
			out.WriteByte(text[i])
			i++
		}
	}
	return out.String(), kept
}

const hidden = "MKVAR_"

var hiddenWord = regex.New(hidden + `(\d+)_`)

// reference is the length of the reference of a variable that a text begins
// with, else 0.
func reference(text string) int {
	if len(text) < 2 || text[0] != '$' {
		return 0
	}
	opening := text[1]
	closing := map[byte]byte{'(': ')', '{': '}'}[opening]
	if closing == 0 {
		if strings.IndexByte("@<^?*%+|", opening) >= 0 {
			return 2
		}
		return 0
	}
	depth := 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case opening:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// showVariables puts the references back; the one that is a whole program
// becomes the program that it is known to name.
func (m *maker) showVariables(word string, kept []string, first bool) string {
	return hiddenWord.ReplaceAllStringFunc(word, func(w string) string {
		n, err := strconv.Atoi(strings.Trim(w[len(hidden):], "_"))
		if err != nil || n >= len(kept) {
			return w
		}
		if name := m.programs[strings.Trim(kept[n], "${}()")]; first && w == word && name != "" {
			return name
		}
		return kept[n]
	})
}
