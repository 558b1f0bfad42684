package docs

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
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
	own := func(word string) bool { return ownPath(p.Repo.Tree, f.Path, word) }
	for _, s := range sectionsOf(page.Page, told(page.Page, page.typed)) {
		list, at, ok := s.list(own)
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

// telling is how the words before a command tell the reader to type it.
var telling = regex.New(`(?i)(?:\b(?:run|running|execute|executing|type|invoke|use|using|call|enter|do)\b\W*(?:[\w/-]+ ){0,2}\W*|^\W*(?:\d+\W+)?(?:then |now |next |finally )?(?:apply|deploy)\b.{0,40})$`)

// itemised is how an item goes on that begins with the command which it is
// about.
var itemised = regex.New(`^\W*$|^ ?(?:[:–—|(-]|to )`)

// tells says whether the reader is told to type a command: it stands in a
// block, or behind words that tell.
func tells(page *syntax.Page, c typed) bool {
	if c.block >= 0 {
		return !warning.MatchString(leadOf(page, page.Fences[c.block]))
	}
	return slices.ContainsFunc(page.Prose, func(t syntax.Text) bool {
		if c.at.Start.Offset < t.At.Start.Offset || c.at.Start.Offset > t.At.End.Offset {
			return false
		}
		before, after, found := strings.Cut(t.Text, c.text())
		return found && (telling.MatchString(before) || strings.Trim(before, " *`") == "" && itemised.MatchString(strings.TrimLeft(after, "`*")))
	})
}

// warning is how a document says that the commands of a block are not to be
// typed.
var warning = regex.New(`(?i)\b(?:not allowed|forbidden|blocked(?: by default)?|prohibited|never (?:run|type|do)|do not (?:run|type|use|execute)|don't (?:run|type|use|execute)|must not)\b[^.]*:?\W*$`)

// told are the commands that the reader is told to type, in the order of the
// page.
func told(page *syntax.Page, cs []typed) []typed {
	var found []typed
	for _, c := range cs {
		if tells(page, c) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b typed) int { return a.at.Start.Line - b.at.Start.Line })
	return found
}

// aside are headings of sections whose commands look for a fault, try
// something out, or take it away.
var aside = regex.New(`(?i)\b(?:tests?|testing|e2e|local(?:ly)?|kind|minikube|k3d|development|examples?|uninstall\w*|clean\w*|tear\w*|troubleshoot\w*|debug\w*|diagnos\w*|investigat\w*|verif\w*|check\w*|destroy\w*|delet\w*)\b`)

// list is the section's list of commands, and where its first one stands;
// false where there are few, or where a task or a script does the work. What
// is the repository's own is told by own.
func (s section) list(own func(word string) bool) (CommandList, detect.Span, bool) {
	var l CommandList
	var at detect.Span
	if aside.MatchString(s.title) {
		return l, at, false
	}
	seen := map[string]bool{}
	for _, c := range s.typed {
		if call, ok := taskCall(c); ok && !strings.HasPrefix(call.Runner, "gradle") {
			return l, at, false
		}
		if !changes(c) || seen[c.text()] {
			continue
		}
		seen[c.text()] = true
		if l.Commands == 0 {
			at, l.First = c.at, short(c.text())
		}
		l.Commands++
		if !l.Deploys && s.deploys(c, own) {
			l.Deploys, l.Deploying, l.DeployAt = true, short(c.text()), c.at
		}
	}
	return l, at, l.Commands >= minTyped || l.Deploys && len(s.typed) >= minDeploys
}

// handPrograms carry things to a machine, or start them there.
var handPrograms = []string{"ssh", "scp", "rsync", "systemctl", "sftp"}

// clusterPrograms deploy what they are given, which may be anybody's.
var clusterPrograms = []string{"helm", "kubectl", "oc"}

// deploys says whether a command deploys something of this repository: by
// itself, or by hand in a section that is about it.
func (s section) deploys(c typed, own func(word string) bool) bool {
	if slices.Contains(handPrograms, c.program()) {
		return deployHeading.MatchString(s.title)
	}
	once := slices.Contains(c.words, "bootstrap") // flux, cdk: sets up what deploys afterwards
	if !slices.Contains(topicsOfCommand(c), Deploy) || slices.Contains(c.words, "package") || c.program() == "packer" || once {
		return false
	}
	return !slices.Contains(clusterPrograms, c.program()) || slices.ContainsFunc(c.words[1:], own)
}

// ownPath says whether a word of a command names a file or a folder of the
// repository, from the document's folder or from the root.
func ownPath(t *detect.Tree, document, word string) bool {
	if _, value, ok := strings.Cut(word, "="); ok {
		word = value
	}
	if word == "" || strings.HasPrefix(word, "-") || strings.HasPrefix(word, "/") {
		return false
	}
	if word == "." || looksLikeFile(word) || strings.Contains(word, "/") {
		return t.Has(path.Join(path.Dir(document), word)) || t.Has(path.Clean(word))
	}
	return false
}

// idlePrograms only look, or only prepare the shell.
var idlePrograms = []string{"cd", "curl", "wget", "ls", "cat", "echo", "pwd", "export", "watch", "grep", "which", "open", "man", "less", "head", "tail", "sleep", "clear", "exit", "history", "printf", "jq", "yq", "source", "code", "vim", "vi", "nano", "test", "true", "set", "read", "dig", "ping", "nslookup", "tree", "type", "xdg-open", "kustomize", "git", "gh", "glab", "brew", "apt", "apt-get"}

// idleArguments are second words that only look.
var idleArguments = []string{"get", "describe", "logs", "status", "log", "diff", "show", "list", "ls", "version", "--version", "-v", "--help", "help", "whoami", "ps", "info", "port-forward", "plan", "output", "top", "explain", "search", "checkout", "add", "commit", "branch", "pull", "fetch", "logs", "wait", "exec", "debug", "use-context", "login", "set-context", "must-gather"}

// changes says whether a command sets up or changes something.
func changes(c typed) bool {
	if !known(c.program()) || slices.Contains(idlePrograms, c.program()) {
		return false
	}
	if preparesShell(c) {
		return false
	}
	verbs := withoutOptions(c.words[1:])
	return len(verbs) > 0 && !slices.ContainsFunc(verbs[:min(len(verbs), 2)], looksOnly)
}

// shellManagers print lines that a profile of the shell evaluates.
var shellManagers = []string{"pyenv", "rbenv", "nodenv", "goenv", "jenv", "direnv", "mise", "asdf", "starship", "zoxide", "fnm"}

// preparesShell says whether a command only prints lines for the shell:
// eval "$(pyenv init -)".
func preparesShell(c typed) bool {
	return slices.Contains(shellManagers, c.program()) && slices.ContainsFunc(c.words[1:], func(w string) bool {
		return slices.Contains([]string{"init", "virtualenv-init", "hook", "activate", "env"}, w)
	})
}

// withoutOptions are the words of a command that are no options. The value of
// a short option before the first of them is taken for one.
func withoutOptions(words []string) []string {
	var found []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case len(found) == 0 && len(w) == 2 && w[0] == '-' && i+1 < len(words):
			i++
		case !strings.HasPrefix(w, "-"):
			found = append(found, w)
		}
	}
	return found
}

// looksOnly says whether an argument names an action that changes nothing.
func looksOnly(word string) bool {
	verb, _, compound := strings.Cut(word, "-")
	return slices.Contains(idleArguments, word) || compound && slices.Contains([]string{"get", "describe", "list", "show"}, verb)
}
