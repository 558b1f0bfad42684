package tasks

import (
	"bytes"
	_ "embed"
	"errors"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed script.md
var scriptDoc string

// Scripts sees what is written to be run from a command line: shell scripts
// wherever they lie, others in the folders where scripts are kept. Its values
// are a wiring.Script each, with commands where it is a shell's.
var Scripts = &detect.Detector{ID: "tasks/script", Doc: scriptDoc, Match: scriptFiles(), File: scripts}

// scriptFolders are where scripts are kept.
var scriptFolders = []string{"script", "scripts", "bin", "hack", "ci", "tools", ".ci"}

// rootScripts are what scripts without an extension are called at the root,
// where a pattern for any name would read pictures and archives too.
var rootScripts = []string{
	"{run,build,deploy,setup,install,bootstrap,start,stop,test,dev,configure,apply,release,publish,update,do,up,manage,provision}",
	"{run,build,deploy,setup,install,bootstrap,start,test,dev,update,release}[-_]*", "*-env", "*-setup",
}

// hookNames are the hooks of git that run a person's checks.
var hookNames = []string{"pre-commit", "pre-push", "commit-msg", "prepare-commit-msg"}

// scriptFiles looks into the folders at the root and one below only: a pattern
// that no name bounds is matched against every path, and reads what it matches.
func scriptFiles() []string {
	patterns := append([]string{"**/*.sh", "**/*.bash"}, rootScripts...)
	for _, folder := range scriptFolders {
		patterns = append(patterns, folder+"/*", "*/"+folder+"/*")
	}
	for _, name := range hookNames {
		patterns = append(patterns, "**/.husky/"+name)
	}
	return patterns
}

// languages are the languages of scripts by their extension.
var languages = map[string]string{
	".sh": "sh", ".bash": "bash", ".py": "python", ".rb": "ruby", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".ts": "typescript", ".ps1": "powershell",
}

func scripts(p *detect.Pass, f *detect.File) error {
	language := languageOf(f)
	if language == "" || !meant(f.Data) {
		return nil
	}
	s := wiring.Script{Path: f.Path, Language: language}
	commands, err := shellCommands(f, language)
	s.Commands = commands
	if syntax.IsShell(language) && err == nil && len(commands) == 0 {
		return nil // it only defines functions or does nothing
	}
	p.Report(f.Path, f.Whole(), language+" script", s)
	return err
}

func shellCommands(f *detect.File, language string) ([]wiring.Command, error) {
	if !syntax.IsShell(language) {
		return nil, nil
	}
	parsed, err := syntax.Shell(string(f.Data), false, false)
	if errors.Is(err, syntax.ErrNotShell) {
		return nil, nil
	}
	var found []wiring.Command
	for _, c := range parsed {
		found = append(found, wiring.CommandAt(c, f.Lines(c.Line+1, c.Last+1)))
	}
	return found, err
}

var shebang = regex.New(`^#!\s*\S*?/?(?:env\s+(?:-S\s+)?(?:\w+=\S*\s+)*)?(\w[\w.+-]*)(?:\s|$)`)

// languageOf is the language of a script: what its first line says, else what
// its extension does; empty where the file is none.
func languageOf(f *detect.File) string {
	extension := path.Ext(f.Path)
	named := languages[extension]
	first, _, _ := bytes.Cut(f.Data[:min(len(f.Data), 256)], []byte("\n"))
	m := shebang.FindSubmatch(bytes.TrimRight(first, "\r"))
	switch {
	case named == "" && (extension != "" && path.Base(f.Path) != extension || m == nil):
		return ""
	case !syntax.IsShell(named) && path.Dir(f.Path) == ".":
		// At the root such a file may be the application; a script has no ending.
		if named != "" || !syntax.IsShell(interpreter(m)) {
			return ""
		}
	}
	if m != nil {
		return interpreter(m)
	}
	return named
}

// interpreter is the program that a first line names, its version left out.
func interpreter(m [][]byte) string {
	if m == nil {
		return ""
	}
	name := path.Base(string(m[1]))
	switch name = strings.TrimRight(name, "0123456789."); name {
	case "node":
		return "javascript"
	case "pwsh":
		return "powershell"
	case "just", "make", "gmake":
		return "" // files of tasks
	}
	return name
}

// meant says whether a file holds more than white space and comments.
func meant(data []byte) bool {
	for text := range bytes.Lines(data) {
		if text = bytes.TrimSpace(text); len(text) > 0 && text[0] != '#' {
			return true
		}
	}
	return false
}
