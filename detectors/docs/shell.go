package docs

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A typed command is one that a document tells the reader to type.
type typed struct {
	words []string
	at    detect.Span
	// dir is the folder that "cd" led to, relative to where the block starts;
	// "?" where it cannot be told.
	dir string
	// block is the number of the fenced block; -1 for code in a sentence.
	block int
}

func (t typed) program() string { return path.Base(t.words[0]) }

func (t typed) text() string { return strings.Join(t.words, " ") }

// has says whether the command begins with the given words.
func (t typed) has(words ...string) bool {
	return len(t.words) >= len(words) && t.program() == words[0] && slices.Equal(t.words[1:len(words)], words[1:])
}

// shellLanguages are the info words of blocks that hold commands.
var shellLanguages = []string{"sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession", "sh-session", "terminal", "fish", "ksh", "cmd", "commandline", "bash-session"}

// maxSpans bounds the code spans of one page that are looked at.
const maxSpans = 5_000

// commandsOf are the commands of a page, in their order.
func commandsOf(f *detect.File, page *syntax.Page) []typed {
	var found []typed
	for i, fence := range page.Fences {
		found = append(found, fenced(f, fence, i)...)
	}
	for _, code := range page.Code[:min(len(page.Code), maxSpans)] {
		first, _, more := strings.Cut(code.Text, " ")
		if !more && !script(first) || more && !known(first) && !script(first) && !strings.Contains(first, "=") {
			continue
		}
		for _, t := range parsed(code.Text) {
			if t.at = code.At; known(t.words[0]) && len(t.words) > 1 || script(t.words[0]) {
				t.block = -1
				found = append(found, t)
			}
		}
	}
	return found
}

// fenced are the commands of a block. One that names no language holds those
// of its lines that begin with a known program; a tree of folders holds none.
func fenced(f *detect.File, fence syntax.Fence, block int) []typed {
	shell := slices.Contains(shellLanguages, fence.Language)
	if !shell && strings.ContainsAny(fence.Body, "├└") {
		return nil
	}
	if !shell && fence.Language != "" && fence.Language != "text" && fence.Language != "plaintext" {
		return nil
	}
	var found []typed
	body, prompted := withoutPrompts(fence.Body)
	for _, t := range parsed(body) {
		if !shell && !prompted && !known(t.words[0]) && !script(t.words[0]) {
			continue
		}
		t.at, t.block = f.Line(fence.First+t.at.Start.Line), block
		if !shell && drawn(f, t.at) {
			continue
		}
		found = append(found, t)
	}
	return found
}

// drawn says whether a line is one of a picture of folders.
func drawn(f *detect.File, line detect.Span) bool {
	return strings.Contains(string(f.Data[line.Start.Offset:line.End.Offset]), "──")
}

// parsed parses shell text, line by line where it does not parse as a whole.
// The line of each command, counted from zero, stands in its span.
func parsed(text string) []typed {
	text = placeholder.ReplaceAllStringFunc(text, func(s string) string { return "{" + s[1:len(s)-1] + "}" })
	if commands, err := syntax.Shell(text, false, false); err == nil {
		return typedAt(commands, 0)
	}
	var found []typed
	for i, line := range strings.Split(text, "\n") {
		if commands, err := syntax.Shell(line, false, false); err == nil {
			found = append(found, typedAt(commands, i)...)
		}
	}
	return found
}

// placeholder is what the reader is to fill in; to the shell it would be a
// redirection.
var placeholder = regex.New(`<[A-Za-z][\w.:/|-]*(?: [\w.:/|-]+){0,4}>`)

func typedAt(commands []syntax.Command, line int) []typed {
	var found []typed
	for _, c := range commands {
		opensBlock := len(c.Words) > 1 && c.Words[len(c.Words)-1] == "{" // of HCL
		if len(c.Words) > 0 && c.Words[0] != "" && !opensBlock {
			at := detect.Span{Start: detect.Point{Line: line + c.Line}}
			found = append(found, typed{words: c.Words, dir: c.Dir, at: at})
		}
	}
	return found
}

// prompt is what a shell shows before what is typed.
var prompt = regex.New(`^\s*(?:\([\w.-]+\) ?)?(?:[\w.-]+@[\w.-]+[^$%#]*|[~/][\w./~-]* ?|PS [^>]*)?[$%] +|^\s*PS [^>]*> +`)

// withoutPrompts blanks the prompts of a session, and its other lines, which
// show what the commands print.
func withoutPrompts(body string) (string, bool) {
	lines := strings.Split(body, "\n")
	if !slices.ContainsFunc(lines, prompt.MatchString) {
		return body, false
	}
	continued := false
	for i, line := range lines {
		at := prompt.FindStringIndex(line)
		switch {
		case at != nil:
			lines[i] = line[at[1]:]
		case !continued:
			lines[i] = ""
		}
		continued = strings.HasSuffix(lines[i], `\`)
	}
	return strings.Join(lines, "\n"), true
}

// known says whether a word is a program that documents commonly call.
func known(word string) bool { return slices.Contains(knownPrograms, word) }

// script says whether a word runs a file by its path: one with an extension of
// scripts, or without any from the current folder.
func script(word string) bool {
	if strings.Contains(word, "...") || strings.Contains(word, ":") || !strings.Contains(word, "/") || strings.HasSuffix(word, "/") {
		return false
	}
	if slices.Contains(scriptEndings, path.Ext(word)) {
		return true
	}
	return (strings.HasPrefix(word, "./") || strings.HasPrefix(word, "../")) && path.Ext(path.Base(word)) == ""
}

// scriptEndings are extensions of files that are run.
var scriptEndings = []string{".sh", ".bash", ".zsh", ".py", ".rb", ".pl", ".ps1", ".bat", ".cmd"}

var knownPrograms = []string{
	"ansible", "ansible-galaxy", "ansible-playbook", "ansible-vault", "apt", "apt-get", "argocd", "asdf", "atmos", "aws", "az", "bash", "brew", "bundle", "bun", "cargo", "cat", "cd", "cdk", "chmod", "conda",
	"conftest", "cookiecutter", "copier", "cosign", "cp", "crane", "curl", "cypress", "direnv", "docker", "docker-compose", "dokku", "dotnet", "eksctl", "export", "fly", "fnm", "goenv", "flyctl", "flux", "gcloud", "gh", "git", "glab",
	"go", "gradle", "helm", "helmfile", "heroku", "invoke", "java", "jest", "just", "k3d", "kind", "kubectl", "kubectx", "kustomize", "ln", "make", "mage", "minikube", "mise", "mkdir", "mkdocs", "mv", "mvn", "nix", "nix-shell",
	"node", "nox", "npm", "npx", "nvm", "oc", "opa", "packer", "php", "pip", "pip3", "pipenv", "pipx", "pnpm", "podman", "poetry", "pre-commit", "psql", "pulumi", "pyenv", "pytest", "python", "python3", "rails", "rake", "rbenv", "rm", "rsync",
	"ruby", "sam", "scp", "serverless", "sh", "skaffold", "sls", "sops", "source", "ssh", "sudo", "talosctl", "task", "terraform", "terragrunt", "tfenv", "tflint", "tilt", "tofu", "tox", "trivy", "up", "uv", "uvx", "vagrant", "vault",
	"vercel", "virtualenv", "wget", "yarn", "gradlew", "mvnw",
}
