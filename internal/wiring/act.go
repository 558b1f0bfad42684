package wiring

import (
	"cmp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// act adds what was seen to be done.
func (b *builder) act(s scope, m Meaning, words []string, at detect.Span) {
	if s.afterwards(m) || s.rendersOnly(m, words) || s.checks && len(checking([]Meaning{m})) == 0 || len(b.graph.acts) >= maxActs {
		return
	}
	if s.instance.local && m.Activity == Apply && slices.Contains(localTools, m.Tool) {
		m.Activity = Test // what is deployed to a cluster of the job's own is tried out there
	}
	if s.playsOnRunner(m, words) {
		m.Activity = Test
	}
	if m.Activity == Apply && s.reverts(words) {
		m.Activity = Rollback
	}
	a := Act{
		Meaning: m, Command: oneLine(words), At: at, Pipeline: s.pipeline, Job: s.job, Step: s.step, Via: s.via,
		Triggers: b.resolve(s.triggers, 0), WhyNot: s.why, ManualGate: s.manual, HeldAt: s.heldAt,
		Swallowed: cmp.Or(s.lost, m.Soft), SwallowedAt: at, instance: s.instance,
	}
	if s.lostAt.Path != "" {
		a.SwallowedAt = s.lostAt
	}
	if s.step == nil {
		a.Step = &Step{At: at}
	}
	a.Paths, a.Dir = b.acted(s, m.Paths), s.dir
	a.Environment = b.environmentOf(s, &a, words)
	if a.WhyNot == "" && !s.foreign && !s.instance.elsewhere && !s.instance.fetched {
		a.WhyNot = b.nothingThere(a)
	}
	a.Undecided = m.Undecided || m.Activity == Scan && s.instance.judgedLater(words)
	b.timing(&a)
	if !a.ManualGate && !a.OnMain && len(a.Triggers) > 0 {
		a.HeldAt = a.Triggers[0].At
	}
	a.Blocking = a.Swallowed == "" && !s.doubt && !m.Delegated && !a.Undecided
	b.graph.acts = append(b.graph.acts, a)
}

// afterwards says whether what looks like a check is diagnosis or clean-up: it
// runs because something has failed, or it runs whatever has happened and its
// own failure is lost.
func (s scope) afterwards(m Meaning) bool {
	if len(checking([]Meaning{m})) == 0 {
		return false
	}
	return s.aftermath == OnFailure || s.aftermath == Always && (s.lost != "" || s.inside)
}

// localTools deploy to a cluster or a cloud, which may be one that the job
// itself has started.
var localTools = []string{"kubectl", "helm", "kustomize", "flux", "argocd", "helmfile", "skaffold", "kapp", "crossplane", "tanka", "openshift", "terraform", "opentofu", "kubernetes", "kluctl", "cloudformation", "sam", "cdk", "serverless"}

// acted are the paths from the root that something acts on; those that are
// neither there nor unknown are no paths.
func (b *builder) acted(s scope, paths []string) []string {
	var found []string
	for _, p := range paths {
		full := join(s.dir, s.fill(p))
		switch {
		case full == "?":
			found = append(found, "")
		case b.tree.Has(full):
			found = append(found, full)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// codeOf are the endings of the code that a tool acts on.
var codeOf = map[string][]string{
	"terraform": {".tf", ".tf.json", ".tofu"}, "opentofu": {".tf", ".tf.json", ".tofu"}, "terragrunt": {".hcl"}, "tflint": {".tf"},
}

// nothingThere says why an act can do nothing: there is no code for its tool
// where it works.
func (b *builder) nothingThere(a Act) string {
	endings := codeOf[a.Tool]
	if endings == nil || len(a.Paths) == 0 || a.Delegated {
		return ""
	}
	for _, p := range a.Paths {
		if p == "" || slices.ContainsFunc(b.tree.Under(p), func(e detect.Entry) bool {
			return slices.ContainsFunc(endings, func(end string) bool { return strings.HasSuffix(e.Path, end) })
		}) {
			return ""
		}
	}
	return "there is no code for " + a.Tool + " in " + strings.Join(a.Paths, ", ")
}

// maxCommand bounds the text of a command that is kept.
const maxCommand = 200

var (
	confidential = regex.New(`(?i)(pass(word|wd)?|token|secret|api-?key|auth|credential)`)
	userInfo     = regex.New(`://[^/@\s]+@`)
)

// oneLine is a command on one line, without what may be a secret in it.
func oneLine(words []string) string {
	shown := slices.Clone(words)
	for i, w := range shown {
		name, _, valued := strings.Cut(w, "=")
		switch {
		case valued && confidential.MatchString(name):
			shown[i] = name + "=…"
		case i > 0 && isOption(shown[i-1]) && confidential.MatchString(shown[i-1]) && !strings.Contains(shown[i-1], "="):
			shown[i] = "…"
		case i > 0 && (shown[i-1] == "-u" || shown[i-1] == "-H" || shown[i-1] == "-p"):
			shown[i] = "…"
		}
	}
	text := strings.Join(strings.Fields(userInfo.ReplaceAllString(strings.Join(shown, " "), "://…@")), " ")
	if runes := []rune(text); len(runes) > maxCommand {
		text = string(runes[:maxCommand]) + "…"
	}
	return text
}
