package rules

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var (
	checkByHand = &Check{
		ID: "docs/deployment-by-hand", Criterion: "automated-deployment", Level: Note,
		Title: "Deployment is a sequence of commands to be typed",
		Why:   "It is done differently each time, and leaves no trace of what was deployed.",
		Fix:   "Move the commands into a job of a pipeline, started by a button at first, and point the document at it.",
	}
	checkUnrunDeployment = &Check{
		ID: "tasks/unrun-deployment", Criterion: "automated-deployment", Level: Note,
		Title: "A script deploys, and no pipeline runs it",
		Why:   "It runs from whatever machine and whatever state its user has, and leaves no trace of what was deployed.",
		Fix:   "Let a job of a pipeline run the script, started by a button at first.",
	}
	checkUnapplied = &Check{
		ID: "wiring/unapplied-infrastructure", Criterion: "automated-deployment", Level: Note,
		Title: "Infrastructure code that no pipeline and no controller applies",
		Why:   "What is applied from somebody's machine drifts from what is committed.",
		Fix:   "Plan this code on merge requests and apply it from the main branch, both in a pipeline.",
	}
	checkManualDeployment = &Check{
		ID: "ci/manual-deployment", Criterion: "continuous-deployment", Level: Note,
		Title: "Production waits for a person",
		Why:   "Changes queue behind the button, and each release grows larger and riskier.",
		Fix:   "Start the job from the main branch by itself once its tests have passed.",
	}
	checkUntestedRelease = &Check{
		ID: "ci/untested-release", Criterion: "automated-deployment", Level: Note, Beside: true,
		Title: "A release depends on no test",
		Why:   "What is broken reaches everybody who takes the next version.",
		Fix:   "Run the tests, or a validation, on every change, and let the job that releases need them.",
	}
	checkUntestedDeployment = &Check{
		ID: "ci/untested-deployment", Criterion: "continuous-deployment", Level: Note,
		Title: "Deployment does not depend on the tests",
		Why:   "A change that fails its tests is deployed all the same.",
		Fix:   "Let the deploy job need the test job.",
	}
)

// deploysFromPipeline: a live job that deploys, applies, publishes or releases.
var deploysFromPipeline = Acts("a job that deploys, applies, publishes or releases, by a button or by itself",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !delivers(a) {
			return Sign{}, false
		}
		sign := s.signOfAct(a, Good)
		if a.Activity == wiring.Publish && s.onlyProvisions() {
			if s.applies() {
				return Sign{}, false // an image of tools, a copy of a template, beside what is deployed
			}
			return sign.weak(nil, a.Describe()+", which is not what this repository provisions"), true
		}
		if s.releasesUntested(a) {
			sign.Check = checkUntestedRelease // a gap beside what speaks for it
			sign.Note = a.Describe() + " by itself, and no test comes before it or runs on changes"
			if s.testsSomething() {
				sign.Note = a.Describe() + " by itself, whether or not the tests of another pipeline pass"
			}
		}
		return sign.strong(Wired), true
	}, wiring.Apply, wiring.Publish, wiring.Bump)

// releasesUntested says that what others take is published by itself from the
// main branch or a tag, and that no test is known to stand before it.
func (s *Scene) releasesUntested(a wiring.Act) bool {
	return a.Activity == wiring.Publish && a.Automatic && (a.OnMain || a.OnTag) && !a.ManualGate && !a.Delegated && !a.NeedsTests &&
		!s.checkedOnChange() && !s.hooksOnChange() && handsChecksOn(s) == "" && !beside(a.Pipeline.Path) && (a.Tool != "docker" || !s.testsInImages())
}

// testsInImages says whether the build of an image here runs tests, so that an
// image is made only where they pass.
func (s *Scene) testsInImages() bool {
	return slices.ContainsFunc(liveValues[containers.Build](s, containers.Builds), func(b containers.Build) bool {
		return slices.ContainsFunc(b.Commands, func(c wiring.Command) bool {
			if call, ok := wiring.ReadTaskCall(c.Words); ok && slices.Contains(call.Names, "test") {
				return true
			}
			m, ok := wiring.Classify(c.Words)
			return ok && m.Activity == wiring.Test
		})
	})
}

// applies says whether a pipeline applies anything.
func (s *Scene) applies() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply), delivers)
}

// onlyProvisions says that the repository offers nothing that could be
// published: it is infrastructure or desired state alone.
func (s *Scene) onlyProvisions() bool {
	return !slices.ContainsFunc([]Role{Service, Platform, Library}, s.Is)
}

// reconciledHere: a controller that applies a path of this repository.
var reconciledHere = Each("a GitOps object that names this repository and a path in it", kubernetes.Syncs,
	func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
		switch {
		case sync.Suspended || sync.Path == "":
			return Sign{}, false
		case sync.Here:
			return signOf(f, Good, Wired), true
		case sync.URL == "" || s.Repo.Tree.Folder(sync.Path):
			return signOf(f, Weak, Present).weak(nil, noteOf(f)+unnamed(sync)), true
		}
		return Sign{}, false
	})

// unnamed says of what is not known to apply this repository why it is not.
func unnamed(sync kubernetes.Sync) string {
	if sync.URL == "" {
		return "; which repository it follows is not said here"
	}
	return "; it follows " + sync.URL
}

// hostedDelivery: delivery that a product outside the repository does, named by
// what is configured here.
var hostedDelivery = All("delivery by a product that is configured here (HCP Terraform workspaces, Atlantis, a managed host)",
	[]*detect.Detector{terraform.Backends, terraform.Workspaces, provisioning.Hosts}, func(s *Scene) []Sign {
		signs := workspacesRun.Signs(s)
		for _, f := range s.live(terraform.Backends) {
			if b, _ := f.Value.(terraform.Backend); len(s.workspaces()) == 0 && (b.Type == "cloud" || b.Type == "remote") {
				signs = append(signs, signOf(f, Weak, Present).of("runs of HCP Terraform"))
			}
		}
		for _, f := range s.live(provisioning.Hosts) {
			signs = append(signs, signOf(f, Weak, Present).of("hosted by "+f.Subject))
		}
		if s.deploysSomething() {
			return signs[:0]
		}
		return signs
	})

func (s *Scene) deploysSomething() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump), delivers)
}

// delivers says whether an act brings out what is in this repository. What a
// schedule alone brings into desired state is upkeep, or the mirror of another
// repository.
func delivers(a wiring.Act) bool {
	return a.Live && (a.Activity != wiring.Bump || !a.OnSchedule || a.OnMain || a.OnTag)
}

// bringsOut says whether a pipeline brings out what is here: where nothing but
// infrastructure is, an image is a tool, and leaves the rest to be applied.
func (s *Scene) bringsOut() bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump), func(a wiring.Act) bool {
		return delivers(a) && (a.Activity != wiring.Publish || a.Tool != "docker" || !s.onlyProvisions())
	})
}

// nothingApplies: code that provisions, and nothing that applies it.
var nothingApplies = All("infrastructure code that nothing in any pipeline applies", []*detect.Detector{terraform.Modules},
	func(s *Scene) []Sign {
		if s.bringsOut() {
			return nil
		}
		var signs []Sign
		for _, f := range s.live(terraform.Modules) {
			m, _ := f.Value.(terraform.Module)
			if m.Root && m.Resources+m.Calls > 0 && !s.isRecipe(m) && (m.Backend == nil || m.Backend.Type != "cloud") {
				sign := signOf(f, Bad, None).of("unapplied").against(checkUnapplied, "no pipeline applies the root "+m.Dir).at(lineOf(f))
				signs = append(signs, sign)
			}
		}
		return oneCause(signs, "root")
	})

// fewRoots is how many modules for others there are for each root where the
// roots only show how these are used.
const fewRoots = 5

// isRecipe says that a root keeps no state and lies among many modules that are
// for others to take: it tries them out, or shows how.
func (s *Scene) isRecipe(m terraform.Module) bool {
	if m.Backend != nil {
		return false
	}
	roots, offered := 0, 0
	for _, other := range liveValues[terraform.Module](s, terraform.Modules) {
		switch {
		case other.Root:
			roots++
		case other.Inputs > 0 && len(other.CalledBy) == 0:
			offered++
		}
	}
	return offered >= fewRoots*roots
}

// oneCause leaves the gap with the first of signs that have one cause: that no
// pipeline does it for any of them.
func oneCause(signs []Sign, thing string) []Sign {
	shown, n := -1, 0
	for i := range signs {
		switch {
		case signs[i].Check == nil:
			continue
		case shown < 0:
			shown = i
		default:
			signs[i].Check = nil
		}
		n++
	}
	if n > 1 {
		signs[shown].Note += fmt.Sprintf(", nor any other of the %d %ss here", n, thing)
	}
	return signs
}

// templateWithoutDeployment exempts a repository template that deploys
// nothing.
func templateWithoutDeployment(s *Scene) string {
	if s.Notice == "template" && !s.deploysSomething() {
		return "it is a template for other repositories, and has no deployment of its own"
	}
	return ""
}

// deploysOnMerge: the path from a merge to production.
var deploysOnMerge = Acts("a deploy job that needs the tests and runs on the main branch by itself",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !production(a) || slices.Contains(deliveryServices, a.Tool) || s.alsoByItself(a) {
			return Sign{}, false
		}
		sign := s.signOfAct(a, Good)
		switch {
		case byItself(a) && (a.NeedsTests || a.Delegated || s.checkedOnChange()):
			return sign, true
		case byItself(a):
			sign = sign.weak(checkUntestedDeployment, a.Describe()+" runs on the main branch whether or not the tests pass")
			if !s.testsSomething() {
				sign.Check, sign.Note = nil, a.Describe()+" runs on the main branch, and nothing is tested before" // the gap is that there are no tests
			}
			return sign, true
		case operates(a):
			return Sign{}, false // done by hand for good reason
		case a.ManualGate && s.earlierEnvironment(a):
			sign.Fix = "Let it follow by itself once the environments before it are up and their tests have passed."
			return sign.weak(checkManualDeployment, a.Describe()+" waits for a person, after earlier environments that are automatic").at(heldAt(a)), true
		}
		sign = sign.against(checkManualDeployment, a.Describe()+startedBy(a)).at(heldAt(a))
		if a.Activity == wiring.Bump || a.OnSchedule || onEvent(a) {
			sign.Check = nil // whether a person is behind it is not written here
		}
		return sign, true
	}, wiring.Apply, wiring.Bump)

// operates says whether an act is for the hour of need or for upkeep, by the
// name of its job or of its pipeline, and brings out no change.
func operates(a wiring.Act) bool {
	name := path.Base(a.Pipeline.Path)
	return operation.MatchString(a.Job.ID) || operation.MatchString(strings.TrimSuffix(name, path.Ext(name)))
}

// onEvent says whether something outside of the repository can start an act.
func onEvent(a wiring.Act) bool {
	return a.Pipeline.Vendor == "github-actions" && slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.Event })
}

// startedBy is what starts a deployment that no merge starts, in words.
func startedBy(a wiring.Act) string {
	if len(a.Triggers) > 0 && !slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return t.Kind != wiring.Event }) {
		return " is started by an event from outside (" + SomeOf(a.Triggers[0].Names, shownNames) + "), and not by a merge"
	}
	return " is started by a person"
}

// heldAt is where it is written that an act waits for a person; else where the
// pipeline starts it.
func heldAt(a wiring.Act) detect.Span {
	if a.HeldAt.Path != "" {
		return a.HeldAt
	}
	return started(a)
}

// alsoByItself says whether what a person starts is done by itself elsewhere, on
// the main branch: the button is a second way.
func (s *Scene) alsoByItself(a wiring.Act) bool {
	if byItself(a) {
		return false
	}
	return slices.ContainsFunc(s.Graph.Of(a.Activity), func(b wiring.Act) bool {
		same := b.At == a.At || b.Tool == a.Tool && b.Dir == a.Dir && b.Command == a.Command && b.Environment == a.Environment
		return same && b.Live && byItself(b) && production(b)
	})
}

// byItself says whether a push to the main branch starts an act, and no person.
func byItself(a wiring.Act) bool { return a.Automatic && a.OnMain && !a.ManualGate }

// operation matches the names of jobs and pipelines that are for the hour of
// need or for upkeep, and bring out no change: "disable-zone-a", "break-glass",
// "ansible--reboot".
var operation = regex.New(`(?i)(^|--)(disable|enable|restore|destroy|delete|rotate|roll-?back|revert|pause|resume|restart|reboot|stop|break-?glass|emergency|clean-?up|house-?keeping|maintenance|backup|grant|revoke|add|remove|unlock|import)([-_. ]|$)`)

// nonProduction are words of environments that are not the last one.
var nonProduction = []string{"dev", "test", "stag", "qa", "uat", "preview", "review", "sandbox", "int", "demo", "ephemeral"}

// production says whether an act may be on the way to production: it runs
// somewhere else than on merge requests, in no environment with another name.
func production(a wiring.Act) bool {
	if !a.OnMain && !a.OnTag && a.OnChange {
		return false
	}
	return !earlier(a)
}

func earlier(a wiring.Act) bool {
	env := strings.ToLower(cmp.Or(a.Environment, a.Job.ID))
	if strings.Contains(env, "prod") {
		return false
	}
	words := strings.FieldsFunc(env, func(r rune) bool { return strings.ContainsRune("-_/ .", r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(nonProduction, func(w string) bool { return strings.HasPrefix(word, w) })
	})
}

// earlierEnvironment says whether an automatic deployment comes before an act
// in the same pipeline.
func (s *Scene) earlierEnvironment(a wiring.Act) bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply), func(b wiring.Act) bool {
		return b.Live && b.Automatic && !b.ManualGate && b.Pipeline.Path == a.Pipeline.Path && b.Job.ID != a.Job.ID
	})
}

var reconciledByItself = Each("GitOps with automated sync", kubernetes.Syncs,
	func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
		switch {
		case sync.Path == "" || sync.Suspended:
			return Sign{}, false
		case !sync.Automated:
			sign := signOf(f, Bad, None).against(checkManualDeployment, f.Subject+" is synced by hand")
			sign.Fix = "Set `syncPolicy.automated`, with `prune` and `selfHeal`, so that what is merged is applied."
			return sign, true
		case s.fromHere(sync):
			return signOf(f, Good, Wired), true
		}
		return signOf(f, Weak, Present).weak(nil, noteOf(f)+unnamed(sync)), true
	})
