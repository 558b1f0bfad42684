package syntax

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// wrappers run the words that follow their own options; named are those of
// their options that a value follows.
var wrappers = map[string][]string{
	"sudo": {"-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user", "--group"}, "doas": {"-u", "-C"},
	"env": {"-u", "-C", "-S", "--unset", "--chdir"}, "time": {"-o", "-f"}, "exec": {"-a"}, "nice": {"-n"}, "ionice": {"-c", "-n", "-p"},
	"nohup": nil, "command": nil, "builtin": nil, "setsid": nil, "stdbuf": {"-i", "-o", "-e"},
	"timeout": {"-s", "-k", "--signal", "--kill-after"}, "gtimeout": {"-s", "-k"},
	"xargs":    {"-n", "-I", "-i", "-P", "-L", "-l", "-d", "-s", "-a", "-E", "--max-args", "--max-procs", "--replace", "--delimiter", "--arg-file"},
	"xvfb-run": {"-e", "-f", "-n", "-p", "-s", "-w"}, "dotenv": {"-f", "-e", "-c"},
}

// unwrap takes wrappers off the front of a command. A command that is nothing
// but a wrapper is left as it is.
func unwrap(words []string) []string {
	for len(words) > 1 {
		valued, ok := wrappers[path.Base(words[0])]
		if !ok || words[1] == "-v" || words[1] == "-V" {
			return words
		}
		inner := behindOptions(words[1:], valued)
		if strings.HasSuffix(path.Base(words[0]), "timeout") && len(inner) > 0 {
			inner = inner[1:]
		}
		if len(inner) == 0 || strings.HasPrefix(inner[0], "-") {
			return words
		}
		words = inner
	}
	return words
}

func behindOptions(words, valued []string) []string {
	for len(words) > 0 {
		switch {
		case words[0] == "--":
			return words[1:]
		case slices.Contains(valued, words[0]):
			words = words[min(2, len(words)):]
		case strings.HasPrefix(words[0], "-") || isAssignment(words[0]):
			words = words[1:]
		default:
			return words
		}
	}
	return nil
}

// isAssignment says whether a word is NAME=value.
func isAssignment(word string) bool {
	name, _, ok := strings.Cut(word, "=")
	return ok && syntax.ValidName(name)
}

// set follows the options that "set", or a shell on its command line, is given.
func (w *shellWalk) set(args []string) {
	for i, a := range args {
		on := strings.HasPrefix(a, "-")
		if a == "--" {
			return
		}
		if !on && !strings.HasPrefix(a, "+") || strings.HasPrefix(a, "--") {
			continue
		}
		if strings.Contains(a, "e") {
			w.stops = on
		}
		if !strings.HasSuffix(a, "o") || i+1 == len(args) {
			continue
		}
		switch args[i+1] {
		case "pipefail":
			w.pipefail = on
		case "errexit":
			w.stops = on
		}
	}
}

// cd follows cd, pushd and popd.
func (w *shellWalk) cd(words []string) {
	args := behindOptions(words[1:], nil)
	if words[0] == "popd" {
		if n := len(w.dirs); n > 0 {
			w.dir, w.dirs = w.dirs[n-1], w.dirs[:n-1]
		}
		return
	}
	if words[0] == "pushd" {
		w.dirs = append(w.dirs, w.dir)
	}
	switch {
	case len(args) == 0 || args[0] == "-" || strings.ContainsAny(args[0], "$`*?~") || strings.Contains(args[0], maskPrefix):
		w.dir = "?"
	case path.IsAbs(args[0]):
		w.dir = path.Clean(args[0])
	case w.dir != "?":
		w.dir = path.Join(w.dir, args[0])
	}
}

// word is a word with its quotes removed and its substitutions as written.
func (w *shellWalk) word(arg *syntax.Word) string {
	var b strings.Builder
	for _, part := range arg.Parts {
		w.part(&b, part, false)
	}
	return b.String()
}

func (w *shellWalk) part(b *strings.Builder, part syntax.WordPart, quoted bool) {
	switch p := part.(type) {
	case *syntax.Lit:
		b.WriteString(unescape(p.Value, quoted))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			w.part(b, inner, true)
		}
	default:
		if from, to := p.Pos().Offset(), p.End().Offset(); from < to && to <= uint(len(w.text)) {
			b.WriteString(w.text[from:to])
		}
	}
}

// unescape takes the backslashes off a text as the shell does; between double
// quotes most of them stand for themselves.
func unescape(text string, quoted bool) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) || quoted && !strings.ContainsRune("\"$`\\\n", rune(text[i+1])) {
			b.WriteByte(text[i])
			continue
		}
		if i++; text[i] != '\n' {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}
