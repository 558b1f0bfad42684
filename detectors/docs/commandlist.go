package docs

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed commandlist.md
var commandListDoc string

// CommandLists sees sections of documents that have the reader type several
// commands which set up or change something, where no task or script of the
// repository does it. Its values are a CommandList each; the subject is the
// heading of the section.
var CommandLists = &detect.Detector{ID: "docs/command-list", Doc: commandListDoc, Match: documentFiles, File: commandLists}

// minTyped is how many commands make a list; where one of them deploys, fewer
// do.
const (
	minTyped   = 3
	minDeploys = 2
)

func commandLists(p *detect.Pass, f *detect.File) error {
	page, ok := advice(f)
	if !ok {
		return nil
	}
	for _, s := range sectionsOf(page.Page, told(page.Page, page.typed)) {
		list, at, ok := s.list()
		if ok {
			p.Report(s.title, at, fmt.Sprintf("%d commands to be typed", list.Commands), list)
		}
	}
	return nil
}

// A section is what stands between two headings.
type section struct {
	title string
	typed []typed
}

func sectionsOf(page *syntax.Page, cs []typed) []section {
	found := []section{{title: title(page)}}
	next := 0
	for _, c := range cs {
		for next < len(page.Headings) && page.Headings[next].At.Start.Line <= c.at.Start.Line {
			found = append(found, section{title: page.Headings[next].Text})
			next++
		}
		last := &found[len(found)-1]
		last.typed = append(last.typed, c)
	}
	return found
}

// telling is how a sentence tells the reader to type what stands in it.
var telling = regexp.MustCompile(`(?i)\b(?:run|execute|type|invoke)\b|^\W*(?:\d+\W+)?(?:then |now |next |finally )?(?:apply|deploy|use|enter)\b`)

// told are the commands that the reader is told to type, in the order of the
// page: those of blocks, and those of sentences that say so.
func told(page *syntax.Page, cs []typed) []typed {
	var found []typed
	for _, c := range cs {
		in := func(t syntax.Text) bool {
			return t.At.Start.Offset <= c.at.Start.Offset && c.at.Start.Offset <= t.At.End.Offset && telling.MatchString(t.Text)
		}
		if c.block >= 0 || slices.ContainsFunc(page.Prose, in) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b typed) int { return a.at.Start.Line - b.at.Start.Line })
	return found
}

// list is the section's list of commands, and where its first one stands;
// false where there are few, or where a task or a script does the work.
func (s section) list() (CommandList, detect.Span, bool) {
	var l CommandList
	var at detect.Span
	for _, c := range s.typed {
		if call, ok := taskCall(c); ok && !strings.HasPrefix(call.Runner, "gradle") {
			return l, at, false
		}
		if !changes(c) {
			continue
		}
		if l.Commands == 0 {
			at, l.First = c.at, short(c.text())
		}
		l.Commands++
		l.Deploys = l.Deploys || s.deploys(c)
	}
	return l, at, l.Commands >= minTyped || l.Deploys && len(s.typed) >= minDeploys
}

// handPrograms carry things to a machine, or start them there.
var handPrograms = []string{"ssh", "scp", "rsync", "systemctl", "sftp", "git"}

// deploys says whether a command deploys: by itself, or by hand in a section
// that is about it.
func (s section) deploys(c typed) bool {
	if slices.Contains(topicsOfCommand(c), Deploy) {
		return true
	}
	return slices.Contains(handPrograms, c.program()) && deployHeading.MatchString(s.title)
}

// idlePrograms only look, or only prepare the shell.
var idlePrograms = []string{"cd", "curl", "wget", "ls", "cat", "echo", "pwd", "export", "watch", "grep", "which", "open", "man", "less", "head", "tail", "sleep", "clear", "exit", "history", "printf", "jq", "yq", "source", "code", "vim", "vi", "nano", "test", "true", "set", "read", "dig", "ping", "nslookup", "tree", "type", "xdg-open"}

// idleArguments are second words that only look.
var idleArguments = []string{"get", "describe", "logs", "status", "log", "diff", "show", "list", "ls", "version", "--version", "-v", "--help", "help", "whoami", "ps", "info", "port-forward", "plan", "output", "top", "explain", "search", "checkout", "add", "commit", "branch", "pull", "fetch"}

// changes says whether a command sets up or changes something.
func changes(c typed) bool {
	if !known(c.program()) || slices.Contains(idlePrograms, c.program()) {
		return false
	}
	return len(c.words) > 1 && !slices.ContainsFunc(c.words[1:min(len(c.words), 3)], looksOnly)
}

// looksOnly says whether an argument names an action that changes nothing.
func looksOnly(word string) bool {
	verb, _, compound := strings.Cut(word, "-")
	return slices.Contains(idleArguments, word) || compound && slices.Contains([]string{"get", "describe", "list", "show"}, verb)
}
