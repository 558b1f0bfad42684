package ci

import (
	"path"
	"slices"
	"strings"
)

// githubShell is how GitHub runs a step with the given "shell". Pipes fail
// with any of their parts only where bash is asked for by name.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
func githubShell(name string, windows bool) shell {
	switch name {
	case "":
		return shell{stops: true, plain: windows}
	case "bash":
		return shell{stops: true, pipefail: true}
	case "sh":
		return shell{stops: true}
	}
	return shellOf(name)
}

// shellOf is the shell that a command line starts ("bash -leo pipefail {0}").
func shellOf(line string) shell {
	words := strings.Fields(line)
	at := slices.IndexFunc(words, func(w string) bool { return posix(path.Base(w)) })
	switch {
	case at >= 0:
		flags := words[at+1:]
		return shell{stops: slices.ContainsFunc(flags, stopping), pipefail: slices.Contains(flags, "pipefail")}
	case len(words) > 0 && slices.Contains([]string{"pwsh", "powershell", "cmd", "powershell.exe", "cmd.exe"}, path.Base(words[0])):
		return shell{plain: true}
	}
	return shell{foreign: true}
}

func stopping(flag string) bool {
	short := strings.HasPrefix(flag, "-") && !strings.HasPrefix(flag, "--")
	return flag == "errexit" || short && strings.Contains(flag, "e")
}
