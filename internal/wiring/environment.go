package wiring

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/environment"
)

// environmentOf is the environment that an act concerns: the one that its job
// or step names, else what the names of the job, the options of the command,
// the folders that it acts on and the file of the pipeline tell, in this order.
func (b *builder) environmentOf(s scope, a *Act, words []string) string {
	if s.environment != "" {
		return s.environment
	}
	for in := s.instance; in != nil; in = in.parent {
		for _, name := range []string{path.Base(in.job.ID), in.job.Name, in.job.Stage} {
			if env, ok := carried(name); ok {
				return env
			}
		}
	}
	for _, o := range []string{"--stage", "--environment", "--env", "-e", "--config-env", "--profile", "--context", "--stack", "-s", "--namespace", "-n"} {
		if value, ok := option(words, o); ok {
			if env, ok := environment.In(value); ok {
				return env
			}
		}
	}
	for _, p := range a.Paths {
		if _, env, ok := environment.Folder(p); ok {
			return env
		}
	}
	env, _ := carried(strings.TrimSuffix(path.Base(s.pipeline.Path), path.Ext(s.pipeline.Path)))
	return env
}

// carried is the environment that the last word of a name tells of. Words that
// also mean a kind of work ("test") do not count.
func carried(name string) (string, bool) {
	if name == "" {
		return "", false
	}
	return environment.In("to-" + strings.Join(strings.Fields(name), "-"))
}
