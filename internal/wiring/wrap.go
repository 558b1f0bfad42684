package wiring

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// maxWrapping bounds how many programs are looked through that run others.
const maxWrapping = 6

// innermost are the commands that a command runs in the end, the programs that
// only run others left out: npx, poetry run, sh -c, docker run.
func innermost(words []string) [][]string { return unwrap(words, 0) }

func unwrap(words []string, depth int) [][]string {
	for len(words) > 0 && assignment.MatchString(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil
	}
	inner := wrapped(words)
	if inner == nil || depth == maxWrapping {
		return [][]string{words}
	}
	var all [][]string
	for _, c := range inner {
		all = append(all, unwrap(c, depth+1)...)
	}
	return all
}

var assignment = regex.New(`^[A-Za-z_][A-Za-z0-9_]*=`)

// wrapped are the commands that a program which runs others is given; nil where
// it runs none.
func wrapped(words []string) [][]string {
	name, args := programName(words[0]), words[1:]
	switch {
	case name == "docker-compose" || name == "podman-compose":
		return one(append([]string{"docker", "compose"}, args...))
	case syntax.IsShell(name):
		return shellString(args)
	case name == "python" || name == "py":
		return module(args)
	case name == "ruby" || name == "php" || name == "perl" || name == "node" || name == "bundle" && len(args) == 0:
		return interpreted(args)
	case name == "docker" || name == "podman" || name == "nerdctl":
		return inContainer(args)
	case name == "concurrently":
		return eachText(arguments(args))
	case slices.Contains(prefixes, name):
		return one(behindOptions(args))
	}
	for _, w := range wrappers[name] {
		if inner := w.inner(args); inner != nil {
			return one(inner)
		}
	}
	return nil
}

func one(words []string) [][]string {
	if len(words) == 0 {
		return nil
	}
	return [][]string{words}
}

// prefixes run the words behind their options, and behind a number.
var prefixes = strings.Fields(`timeout gtimeout retry nohup stdbuf ionice doas unbuffer cross-env env-cmd dotenvx npx pnpx bunx uvx faketime catchsegv
	start-server-and-test with-contenv gosu su-exec setsid sudo env time nice command xvfb-run dotenv exec xargs watch reattach-to-user-namespace retry.sh
	dbus-run-session asdf-exec catatonit tini dumb-init zx tsx ts-node`)

// A wrapper tells where a program has the command that it runs: behind its
// sub-commands and options, or behind a mark.
type wrapper struct {
	words  string
	behind string
}

// wrappers are programs with sub-commands that run others.
var wrappers = map[string][]wrapper{
	"npm":        {{words: "exec"}, {words: "x"}},
	"pnpm":       {{words: "exec"}, {words: "dlx"}},
	"yarn":       {{words: "exec"}, {words: "dlx"}, {words: "run"}},
	"bun":        {{words: "x"}, {words: "run"}},
	"poetry":     {{words: "run"}},
	"pipenv":     {{words: "run"}},
	"uv":         {{words: "run"}, {words: "tool run"}},
	"pdm":        {{words: "run"}},
	"rye":        {{words: "run"}},
	"pipx":       {{words: "run"}},
	"hatch":      {{words: "run"}},
	"pixi":       {{words: "run"}},
	"conda":      {{words: "run"}},
	"mamba":      {{words: "run"}},
	"micromamba": {{words: "run"}},
	"bundle":     {{words: "exec"}},
	"composer":   {{words: "exec"}},
	"dotnet":     {{words: "tool run"}},
	"go":         {{words: "tool"}},
	"nix":        {{behind: "-c"}, {behind: "--command"}}, "nix-shell": {{behind: "--run"}, {behind: "--command"}}, "guix": {{behind: "--"}},
	"aws-vault":                {{behind: "--"}},
	"chamber":                  {{behind: "--"}},
	"doppler":                  {{behind: "--"}, {behind: "--command"}},
	"op":                       {{behind: "--"}},
	"infisical":                {{behind: "--"}},
	"teller":                   {{behind: "--"}},
	"vault-env":                {{behind: ""}},
	"berglas":                  {{behind: "--"}},
	"summon":                   {{behind: ""}},
	"envconsul":                {{behind: ""}},
	"sops":                     {{words: "exec-env *"}},
	"aws-runas":                {{behind: "--"}},
	"mise":                     {{words: "exec", behind: "--"}, {words: "x", behind: "--"}},
	"rtx":                      {{behind: "--"}},
	"asdf":                     {{words: "exec"}},
	"rbenv":                    {{words: "exec"}},
	"pyenv":                    {{words: "exec"}},
	"nvm":                      {{words: "exec"}},
	"volta":                    {{words: "run"}},
	"direnv":                   {{words: "exec *"}},
	"devbox":                   {{words: "run", behind: "--"}, {words: "run"}},
	"devenv":                   {{words: "shell"}},
	"kubectl":                  {{words: "exec", behind: "--"}},
	"devcontainer":             {{words: "exec"}},
	"vagrant":                  {{behind: "-c"}},
	"coverage":                 {{words: "run", behind: "-m"}},
	"nyc":                      {{behind: ""}},
	"c8":                       {{behind: ""}},
	"datadog-ci":               {{words: "trace", behind: "--"}},
	"otel-cli":                 {{words: "exec"}},
	"buildevents":              {{behind: "--"}},
	"opentelemetry-instrument": {{behind: ""}},
	"ddtrace-run":              {{behind: ""}},
	"secretless":               {{behind: "--"}},
	"launchable":               {{behind: "--"}},
	"gradle-wrapper":           {{behind: ""}},
	"with":                     {{behind: "--"}},
	"codebuild-breakpoint":     {{behind: ""}},
	"tox":                      {{words: "exec", behind: "--"}},
	"rails":                    {{words: "runner"}},
	"busybox":                  {{behind: ""}},
	"tflocal":                  {}, "lerna": {{words: "exec", behind: "--"}, {words: "exec"}},
	"firebase": {{words: "emulators:exec"}},
}

func (w wrapper) inner(args []string) []string {
	rest := args
	for _, word := range strings.Fields(w.words) {
		i := 0
		if word != "*" {
			i = subcommand(rest, word)
		}
		if i < 0 || i >= len(rest) {
			return nil
		}
		rest = rest[i+1:]
	}
	if w.behind == "" {
		return behindOptions(rest)
	}
	i := slices.Index(rest, w.behind)
	if i < 0 || i+1 >= len(rest) {
		return nil
	}
	return splitOne(rest[i+1:])
}

// splitOne splits a single word that holds a command.
func splitOne(words []string) []string {
	if len(words) == 1 && strings.Contains(words[0], " ") {
		return strings.Fields(words[0])
	}
	return words
}

// valued are options of programs that run others in front of a value.
var valued = strings.Fields(`-n --name -p --package -e --env -C --dir --cwd -w --workspace --prefix -f -c -u --user -k -s --signal --directory --project --group --extra --with --python --from --only-group --filter -F --image -P --scope --max_attempts`)

// behindOptions leaves options, their values, assignments and a number out.
func behindOptions(args []string) []string {
	for len(args) > 0 {
		switch {
		case args[0] == "--":
			return splitOne(args[1:])
		case isOption(args[0]) && slices.Contains(valued, args[0]) && len(args) > 1:
			args = args[2:]
		case isOption(args[0]), assignment.MatchString(args[0]), duration.MatchString(args[0]):
			args = args[1:]
		default:
			return splitOne(args)
		}
	}
	return nil
}

var duration = regex.New(`^\d+(\.\d+)?[smhd]?$`)

// shellString are the commands of the text that a shell is given with -c.
func shellString(args []string) [][]string {
	for i, a := range args {
		if !isOption(a) {
			return nil
		}
		if !strings.HasPrefix(a, "--") && strings.HasSuffix(a, "c") && i+1 < len(args) {
			return shellText(args[i+1])
		}
	}
	return nil
}

// maxShellText bounds a text within a command.
const maxShellText = 16 << 10

func shellText(text string) [][]string {
	if len(text) > maxShellText {
		return nil
	}
	parsed, err := syntax.Shell(text, true, true)
	if err != nil {
		return nil
	}
	var all [][]string
	for _, c := range parsed {
		if c.Never == "" {
			all = append(all, c.Words)
		}
	}
	return all
}

func eachText(texts []string) [][]string {
	var all [][]string
	for _, t := range texts {
		all = append(all, shellText(t)...)
	}
	return all
}

// module is the program that "python -m" runs, or a script that has a name of
// its own.
func module(args []string) [][]string {
	if i := slices.Index(args, "-m"); i >= 0 && i+1 < len(args) {
		return one(append([]string{strings.ReplaceAll(args[i+1], "_", "-")}, args[i+2:]...))
	}
	return interpreted(args)
}

// interpreted is the script that an interpreter runs, where its name is known
// as a program: vendor/bin/phpunit, bin/rails, manage.py.
func interpreted(args []string) [][]string {
	rest := args
	for len(rest) > 0 && isOption(rest[0]) {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return nil
	}
	if _, ok := known(rest[0]); ok {
		return one(rest)
	}
	return nil
}

// inContainer is the command that "docker run", "docker exec" and "docker
// compose run" are given. An image named after a program is that program.
func inContainer(args []string) [][]string {
	for _, words := range []string{"compose run", "compose exec", "container run", "run", "exec"} {
		rest, _, ok := match(strings.Fields(words), args)
		if !ok {
			continue
		}
		rest = behindContainerOptions(rest)
		if len(rest) == 0 {
			return nil
		}
		if strings.HasSuffix(words, "run") && !strings.HasPrefix(words, "compose") {
			return imageCommand(rest)
		}
		return one(splitOne(rest[1:]))
	}
	return nil
}

// flags are options of "docker run" that take no value.
var flags = strings.Fields(`-d --detach -i --interactive -t --tty -it -ti --rm --init --privileged --read-only -P --publish-all --no-healthcheck --no-deps -T --service-ports --build --use-aliases --quiet-pull -q --oom-kill-disable --no-TTY --all`)

func behindContainerOptions(args []string) []string {
	for len(args) > 0 && isOption(args[0]) {
		if slices.Contains(flags, args[0]) || strings.Contains(args[0], "=") || len(args[0]) > 2 && args[0][1] != '-' || len(args) == 1 {
			args = args[1:]
			continue
		}
		args = args[2:]
	}
	return args
}

// imageCommand is the command behind an image: whose own program runs where the
// image is named after one.
func imageCommand(rest []string) [][]string {
	image, _, _ := strings.Cut(path.Base(rest[0]), "@")
	image, _, _ = strings.Cut(image, ":")
	if alias := imagePrograms[image]; alias != "" {
		image = alias
	}
	command := splitOne(rest[1:])
	if len(command) > 0 {
		if _, ok := known(command[0]); ok || programName(command[0]) == image || syntax.IsShell(programName(command[0])) {
			return one(command)
		}
	}
	if _, ok := known(image); ok && !strings.Contains(rest[0], "$") {
		return one(append([]string{image}, command...))
	}
	return one(command)
}

// imagePrograms are images with another name than their program.
var imagePrograms = map[string]string{
	"aws-cli": "aws", "google-cloud-cli": "gcloud", "cloud-sdk": "gcloud", "azure-cli": "az", "sonar-scanner-cli": "sonar-scanner", "semgrep-agent": "semgrep",
	"super-linter": "mega-linter-runner", "opentofu": "tofu", "zaproxy": "zap-baseline.py", "snyk-cli": "snyk", "ct": "ct", "chart-testing": "ct", "pre-commit-terraform": "pre-commit", "polaris": "polaris", "terraform": "terraform",
}
