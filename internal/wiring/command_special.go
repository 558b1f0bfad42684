package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// special reads the programs whose arguments tell more than their sub-commands
// do; false for all others.
func special(words []string) ([]Meaning, bool) {
	switch programName(words[0]) {
	case "aws":
		return copiesTo(words, "s3://", "s3 cp", "s3 mv", "s3 sync"), true
	case "gsutil":
		return copiesTo(words, "gs://", "cp", "rsync"), true
	case "rsync", "scp", "sftp", "lftp", "ncftpput":
		return remoteCopy(words), true
	case "ssh", "sshpass":
		return overSSH(words), true
	case "curl", "http", "wget":
		return webCall(words), true
	case "git":
		return gitCall(words), true
	case "fly":
		return flyCall(words), true
	case "docker", "podman":
		return dockerCall(words), true
	case "ansible":
		return adHoc(words), true
	case "tox", "nox":
		return environmentRun(words), true
	}
	return nil, false
}

// dockerCall also reads the names of the services that Compose is told to run
// to their end: "docker compose run api-test".
func dockerCall(words []string) []Meaning {
	p, _ := known(words[0])
	found := p.call(words[1:])
	rest, _, ok := match([]string{"compose", "run"}, words[1:])
	if rest = behindContainerOptions(rest); ok && len(rest) == 1 {
		found = append(found, checking(byName(rest[0], "docker-compose"))...)
	}
	return found
}

var interpreter = regex.New(`^(py|pypy|python)?[0-9.]*$`)

// environmentRun reads the environments or sessions that tox and nox are told to
// run: those of an interpreter test, the others do what their names say. Where
// none is named all of them run.
func environmentRun(words []string) []Meaning {
	tool := programName(words[0])
	c, named := ReadTaskCall(words)
	if !named {
		return []Meaning{{Activity: Test, Tool: tool}}
	}
	var found []Meaning
	for _, name := range c.Names {
		told := byName(name, tool)
		first, _, _ := strings.Cut(name, "-")
		if len(told) == 0 && (interpreter.MatchString(first) || strings.ContainsAny(name, "$*{")) {
			told = []Meaning{{Activity: Test, Tool: tool}}
		}
		found = append(found, told...)
	}
	return distinct(found)
}

// adHoc reads a single module that Ansible runs on hosts other than this one.
func adHoc(words []string) []Meaning {
	if slices.Contains(words, "localhost") || len(arguments(words[1:])) == 0 {
		return nil
	}
	return []Meaning{{Activity: Apply, Tool: "ansible"}}
}

// checking are the meanings that check something.
func checking(all []Meaning) []Meaning {
	return slices.DeleteFunc(all, func(m Meaning) bool {
		return !slices.Contains([]Activity{Test, Lint, Format, Scan, Validate, LoadTest}, m.Activity)
	})
}

// copiesTo reads a program that copies to a store and from it: only what is
// copied to the store is a delivery.
func copiesTo(words []string, store string, copies ...string) []Meaning {
	p, _ := known(words[0])
	found := p.call(words[1:])
	args := arguments(words[1:])
	text := strings.Join(args, " ")
	if len(args) == 0 || !slices.ContainsFunc(copies, func(c string) bool { return strings.HasPrefix(text, c+" ") }) {
		return found
	}
	to := args[len(args)-1]
	if strings.HasPrefix(to, store) || strings.Contains(to, "$") && !strings.Contains(text, store) {
		return found
	}
	return nil
}

// remoteCopy reads a copy to another machine.
func remoteCopy(words []string) []Meaning {
	args := arguments(words[1:])
	if len(args) == 0 || words[0] != "lftp" && words[0] != "ncftpput" && !strings.Contains(args[len(args)-1], ":") {
		return nil
	}
	return []Meaning{{Activity: Apply, Tool: programName(words[0])}}
}

// restarts are what is typed on a machine to bring a new version up there.
var restarts = []string{
	"docker compose up", "docker compose pull", "docker stack deploy", "docker service update", "docker run", "systemctl restart", "systemctl reload", "service", "pm2", "supervisorctl restart",
	"git pull", "git fetch", "docker pull", "kubectl", "helm", "ansible-playbook", "nixos-rebuild", "make deploy", "sudo systemctl",
}

// overSSH reads commands that are run on another machine: a deployment, where
// they bring something up there.
func overSSH(words []string) []Meaning {
	host, commands := remoteCommands(words)
	if strings.HasPrefix(host, "dokku@") && len(commands) > 0 {
		p, _ := known("dokku")
		return p.call(commands[0])
	}
	for _, inner := range commands {
		deploys := slices.ContainsFunc(append(meanings(inner), byName(programName(inner[0]), "ssh")...), func(m Meaning) bool { return m.Activity == Apply })
		if restartsThing(inner) || deploys {
			return []Meaning{{Activity: Apply, Tool: "ssh"}}
		}
	}
	return nil
}

func restartsThing(words []string) bool {
	text := strings.Join(words, " ")
	return slices.ContainsFunc(restarts, func(r string) bool { return text == r || strings.HasPrefix(text, r+" ") })
}

// changesMachine says whether a text that is run on another machine may bring
// something up there: it does more than look, and than move files about.
func changesMachine(commands [][]string) bool {
	return len(commands) == 0 || slices.ContainsFunc(commands, func(words []string) bool {
		return restartsThing(words) || slices.ContainsFunc(innermost(words), func(inner []string) bool {
			return restartsThing(inner) || mayDoMore(inner) || len(meanings(inner)) > 0
		})
	})
}

// remoteCommands are the host of a call of ssh, and the commands behind it.
func remoteCommands(words []string) (string, [][]string) {
	i := slices.Index(words, "ssh") + 1
	for ; i < len(words); i++ {
		switch {
		case len(words[i]) == 2 && isOption(words[i]) && strings.Contains("bcDEeFIiJLlmOopQRSWw", words[i][1:]):
			i++
		case !isOption(words[i]):
			return words[i], shellText(strings.Join(words[i+1:], " "))
		}
	}
	return "", nil
}

// webCall reads a request that starts work elsewhere.
func webCall(words []string) []Meaning {
	for _, w := range words[1:] {
		switch {
		case strings.Contains(w, "api.github.com") && strings.HasSuffix(w, "/dispatches"):
			return []Meaning{{Activity: Bump, Tool: "repository-dispatch"}}
		case strings.Contains(w, "/trigger/pipeline"):
			return []Meaning{{Activity: Bump, Tool: "gitlab-trigger"}}
		case strings.Contains(w, "api.render.com/deploy"), strings.Contains(w, "api.vercel.com/v1/integrations/deploy"), strings.Contains(w, "api.netlify.com/build_hooks"), strings.Contains(w, "api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks"):
			return []Meaning{{Activity: Apply, Tool: "deploy-hook"}}
		case strings.Contains(w, "hooks.slack.com"), strings.Contains(w, "discord.com/api/webhooks"), strings.Contains(w, "webhook.office.com"):
			return []Meaning{{Activity: Notify, Tool: "webhook"}}
		}
	}
	return nil
}

// gitCall reads a push of tags, which is a release, or to a host that deploys
// what it is sent.
func gitCall(words []string) []Meaning {
	if subcommand(words[1:], "push") < 0 {
		return nil
	}
	text := strings.Join(words, " ")
	switch {
	case strings.Contains(text, "heroku"), strings.Contains(text, "dokku"), strings.Contains(text, "piku@"):
		return []Meaning{{Activity: Apply, Tool: "git-push"}}
	case hasOption(words, "--tags"), hasOption(words, "--follow-tags"), strings.Contains(text, "refs/tags/"):
		return []Meaning{{Activity: Publish, Tool: "git-tag"}}
	}
	return nil
}

// flyCall tells the two programs of that name apart: Concourse's names a
// target first.
func flyCall(words []string) []Meaning {
	name := "flyctl"
	if hasOption(words, "-t") || hasOption(words, "--target") {
		name = "fly"
	}
	p, _ := known(name)
	return p.call(words[1:])
}
