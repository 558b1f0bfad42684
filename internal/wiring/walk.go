package wiring

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// jobs follows the jobs of a pipeline, or of a block that parent calls.
func (b *builder) jobs(s scope, jobs []Job, parent *instance) {
	beside := map[string]*instance{}
	instances := make([]*instance, len(jobs))
	for i := range jobs {
		instances[i] = &instance{job: &jobs[i], parent: parent, beside: beside}
		beside[jobs[i].ID] = instances[i]
	}
	for _, in := range instances {
		b.job(s, in)
	}
}

func (b *builder) job(s scope, in *instance) {
	j := in.job
	if s.job == nil {
		s.job = j
	}
	s.instance = in
	s = s.setting(j.Env)
	s.triggers = narrow(s.triggers, j.Only, s.called)
	s.why = cmp.Or(s.why, j.Never, in.starved(s.pipeline.Vendor))
	s.environment = cmp.Or(s.fill(j.Environment), s.environment)
	s = s.held(in.waits(), in.gateAt())
	s = s.losing(j.Ignored, j.IgnoredAt)
	s = s.in(j.Dir)
	in.follows = b.afterSuccess(s.triggers, j)
	if j.Uses != nil {
		b.visits = maxVisits
		b.use(s, *j.Uses)
	}
	for i := range j.Steps {
		b.visits = maxVisits
		b.step(s, &j.Steps[i])
		s = s.held(j.Steps[i].Manual, j.Steps[i].At)
	}
}

// afterSuccess are the pipelines that a job follows once they have succeeded.
func (b *builder) afterSuccess(triggers []Trigger, j *Job) []*Pipeline {
	var found []*Pipeline
	for _, t := range triggers {
		if t.Kind == After && strings.Contains(j.If, "conclusion") {
			found = append(found, b.followed(t)...)
		}
	}
	return found
}

func (b *builder) step(s scope, st *Step) {
	if s.step == nil {
		s.step = st
	}
	s.triggers = narrow(s.triggers, st.Only, s.called)
	s.why = cmp.Or(s.why, st.Never)
	s.environment = cmp.Or(s.fill(st.Environment), s.environment)
	s = s.held(st.Manual, st.At)
	s = s.losing(st.Ignored, st.IgnoredAt)
	s.aftermath = cmp.Or(s.aftermath, st.Aftermath)
	s = s.setting(st.Env)
	if st.Dir != "" {
		s.dir = join(".", s.fill(st.Dir))
	}
	if st.Uses != nil {
		b.use(s, *st.Uses)
	}
	if st.Uses == nil || len(st.Commands) > 0 {
		b.commands(s, st.Commands)
	}
}

func (b *builder) commands(s scope, list []Command) {
	for _, c := range list {
		if c.Function != "" && s.sourced {
			continue // it runs where the function is called
		}
		if s.sourced && c.Swallowed == "no set -e" {
			c.Swallowed = "" // the shell that sources it stops
		}
		inner := s.in(c.Dir)
		inner.why = cmp.Or(inner.why, c.Never)
		switch c.Swallowed {
		case "condition", "command substitution":
			inner.doubt = true // what surrounds it may look at its failure
		default:
			inner = inner.losing(c.Swallowed, c.At)
		}
		b.command(inner, s.fillAll(c.Words), c.At, 0)
	}
}

// command follows one command: into the task or script that it calls, through
// the program that runs another, or into what it does itself.
func (b *builder) command(s scope, words []string, at detect.Span, depth int) {
	for len(words) > 0 && assignment.MatchString(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || len(b.graph.acts) >= maxActs {
		return
	}
	if asksOnly(words[1:]) {
		return
	}
	if s.why == "" {
		s.instance.note(words)
	}
	if b.callsFunction(s, words, at) || b.callsTask(s, words, at) || b.callsScript(s, words, at) {
		return
	}
	if inner := wrapped(words); inner != nil && depth < maxWrapping {
		s.inside, s.boxed = s.inside || entersMachine(words), s.boxed || entersImage(words)
		for _, c := range inner {
			b.command(s, c, at, depth+1)
		}
		return
	}
	for _, m := range meanings(words) {
		b.act(s, m, words, at)
	}
	if m, ok := s.instance.pushes(words); ok {
		b.act(s, m, words, at)
	}
	b.imageBuild(s, words, at)
}

// entersMachine says whether a command runs another in something that is up
// already: docker exec, kubectl exec, kitchen exec.
func entersMachine(words []string) bool {
	return subcommand(words[1:], "exec") >= 0 && slices.Contains([]string{"docker", "podman", "nerdctl", "docker-compose", "kubectl", "oc", "kitchen"}, programName(words[0])) ||
		subcommand(words[1:], "compose") >= 0 && slices.Contains(words, "exec")
}

// entersImage says whether a command runs another in a container into which no
// folder of this repository is mounted: what lies there, the image decides.
func entersImage(words []string) bool {
	if !slices.Contains([]string{"docker", "podman", "nerdctl"}, programName(words[0])) {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return w == "-v" || strings.HasPrefix(w, "--volume") || strings.HasPrefix(w, "--mount")
	})
}

// use follows a shared block that lies here, and tells what others do.
func (b *builder) use(s scope, u Use) {
	if u.Local && b.local(s, u) {
		return
	}
	s.instance.noteUse(u)
	u.With = s.given(u)
	if list := useCommands(u); list != nil {
		known, _ := lookUp(referenceName(u))
		how, input := known.softness(u)
		inner := s.in(inputDir(u)).losing(how, u.inputAt(input))
		for _, words := range list {
			b.command(inner, words, u.At, 0)
		}
	} else {
		known, _ := lookUp(referenceName(u))
		how, input := known.softness(u)
		inner := s.losing(how, u.inputAt(input))
		for _, m := range UseMeanings(u) {
			b.act(inner, m, []string{u.Ref}, u.At)
		}
	}
	if m, ok := s.instance.pushesUse(u); ok {
		b.act(s, m, []string{u.Ref}, u.At)
	}
	b.actionBuild(s, u)
}

// inputAt is where an input stands; the place of the use, where that is not
// known.
func (u Use) inputAt(name string) detect.Span {
	at := u.At
	if line := u.Lines[name]; line > 0 {
		at.Start, at.End = detect.Point{Line: line}, detect.Point{Line: line}
	}
	return at
}

// inputDir is the folder that an input names for commands.
func inputDir(u Use) string {
	return cmp.Or(u.With["working-directory"], u.With["workingDirectory"], u.With["dir"], u.With["directory"], u.With["cwd"])
}

// local follows a block of this repository; false where it is not known.
func (b *builder) local(s scope, u Use) bool {
	at := path.Clean(s.fill(u.Path))
	block, p := b.blockAt(at), b.pipelineAt(at)
	var jobs []Job
	switch {
	case p != nil:
		jobs = b.included(p, map[string]bool{})
	case block != nil:
		jobs = block.Jobs
	default:
		b.missBlock(s, u, at)
		return false
	}
	b.graph.used[at] = true
	if block != nil {
		b.graph.used[path.Clean(block.Path)] = true
	}
	b.enter(at, func() {
		inner := s.through(u.At)
		inner.inputs, inner.called, inner.home = s.given(u), true, at
		if p != nil {
			inner.env = nil // a called workflow does not see its caller's variables
			inner = inner.setting(p.Env)
		}
		if s.step != nil { // what a step uses is a part of its job
			for i := range jobs {
				for k := range jobs[i].Steps {
					b.step(inner, &jobs[i].Steps[k])
				}
			}
			return
		}
		inner.dir = "."
		b.jobs(inner, jobs, s.instance)
	})
	return true
}

// blockAt is the block at a path: an action is named by its folder or its file.
func (b *builder) blockAt(at string) *Block {
	for _, p := range []string{at, at + "/action.yml", at + "/action.yaml", path.Dir(at)} {
		if block := b.blocks[p]; block != nil && (p != path.Dir(at) || strings.HasPrefix(path.Base(at), "action.")) {
			return block
		}
	}
	for _, block := range b.libraries {
		if block.Name == at || strings.TrimSuffix(path.Base(block.Path), ".groovy") == at {
			return block
		}
	}
	return nil
}

// enter follows something unless it is being followed, or too much was.
func (b *builder) enter(key any, follow func()) {
	if b.open[key] || len(b.open) >= maxDepth || b.visits <= 0 {
		return
	}
	b.visits--
	b.open[key] = true
	follow()
	delete(b.open, key)
}
