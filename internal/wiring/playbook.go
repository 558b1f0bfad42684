package wiring

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// playsHere says whether a playbook is played on the machine that it is called
// on.
// Source: https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html
func playsHere(words []string) bool {
	for _, o := range []string{"--connection", "-c"} {
		if value, ok := option(words, o); ok && value == "local" {
			return true
		}
	}
	for _, o := range []string{"--inventory", "--inventory-file", "-i"} {
		if value, ok := option(words, o); ok && (value == "localhost," || value == "127.0.0.1,") {
			return true
		}
	}
	return false
}

// rendersOnly says whether a playbook writes files for the job alone: it is
// played on a runner of the vendor's, by a job that is given no secret and no
// environment. With them it may well call a cloud from there.
func (s scope) rendersOnly(m Meaning, words []string) bool {
	return s.playsOnRunner(m, words) && playsHere(words)
}

// playsOnRunner says whether a playbook can reach no machine but the job's own, a
// runner of the vendor's that is thrown away: to play it there is to try it out.
func (s scope) playsOnRunner(m Meaning, words []string) bool {
	if m.Tool != "ansible" || m.Activity != Apply || s.environment != "" || s.pipeline == nil || s.job == nil {
		return false
	}
	if s.pipeline.Vendor != "github-actions" || s.job.entrusted() {
		return false
	}
	return hosted.MatchString(s.job.Image) || playsHere(words) && !strings.Contains(s.job.Image, "self-hosted")
}

// hosted matches the labels of runners that GitHub starts for one job.
// Source: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
var hosted = regex.New(`(?i)^(ubuntu|windows|macos)-[\w.-]+$`)

var logsIn = regex.New(`(?i)credential|login|(^|/)auth$|vault|ssh-agent|ssh-key`)

// entrusted says whether a job of GitHub Actions is given a secret, or logs in
// to something. What is written in it as ${{ secrets }} is all that it gets.
func (j *Job) entrusted() bool {
	secret := func(values map[string]string) bool {
		for _, value := range values {
			if strings.Contains(value, "secrets.") {
				return true
			}
		}
		return false
	}
	return secret(j.Env) || slices.ContainsFunc(j.Steps, func(st Step) bool {
		return secret(st.Env) || st.Uses != nil && (secret(st.Uses.With) || logsIn.MatchString(referenceName(*st.Uses))) ||
			slices.ContainsFunc(st.Commands, func(c Command) bool { return strings.Contains(strings.Join(c.Words, " "), "secrets.") })
	})
}
