package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/policy"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// applied is how far what a file defines goes: wired where a controller
// reconciles it, or where a live job applies it, names where it lies, and does
// not start by hand alone; a dry run applies nothing.
func (s *Scene) applied(p string) Strength {
	if s.reconciled(p) || s.runByWorkspace(p) {
		return Wired
	}
	for _, a := range s.Graph.Of(wiring.Apply) {
		if a.Live && a.Automatic && s.reaches(a, p) {
			return Wired
		}
	}
	return Present
}

// reaches says whether an act has to do with a file by the paths that it names,
// what Kustomize builds from them and which modules they call.
func (s *Scene) reaches(a wiring.Act, p string) bool {
	if path.Ext(p) == ".tf" {
		return slices.Contains(provisioningTools, a.Tool) && s.reachesModule(a, path.Dir(p))
	}
	return slices.ContainsFunc(a.Paths, func(q string) bool { return q == "." || within(p, q) || s.builds(q, p) })
}

// reachesModule says whether an act applies the configuration in a folder: its
// own, one that is called from there, or one that cannot be told.
func (s *Scene) reachesModule(a wiring.Act, dir string) bool {
	if len(a.Paths) == 0 || slices.Contains(a.Paths, "") {
		return true
	}
	roots := append(s.callersOf(dir), dir)
	return slices.ContainsFunc(a.Paths, func(q string) bool {
		return slices.Contains(roots, q) || a.Tool == "terragrunt" && slices.ContainsFunc(roots, func(root string) bool { return within(root, q) })
	})
}

// callersOf are the folders from which a module is called, at first hand or
// through others.
func (s *Scene) callersOf(dir string) []string {
	calls := map[string][]string{}
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		calls[m.Dir] = m.CalledBy
	}
	var found []string
	for next := calls[dir]; len(next) > 0; {
		caller := next[0]
		next = next[1:]
		if !slices.Contains(found, caller) {
			found = append(found, caller)
			next = append(slices.Clone(next), calls[caller]...)
		}
	}
	return found
}

// reconciled says whether a controller reconciles a file of this repository.
func (s *Scene) reconciled(p string) bool {
	return slices.ContainsFunc(liveValues[kubernetes.Sync](s, kubernetes.Syncs), func(y kubernetes.Sync) bool {
		return y.Path != "" && !y.Suspended && (y.Here || y.URL == "") && s.appliesFrom(y.Path, p)
	})
}

// fromHere says whether a controller takes what it applies from this repository:
// by its address, or where none is told by a folder that is here.
func (s *Scene) fromHere(y kubernetes.Sync) bool {
	return y.Here || y.URL == "" && s.Repo.Tree.Folder(y.Path)
}

// builds says whether Kustomize builds a file from a folder.
func (s *Scene) builds(folder, p string) bool {
	if s.built[folder] == nil {
		if s.built == nil {
			s.built = map[string]map[string]bool{}
		}
		s.built[folder] = s.builtFrom(folder)
	}
	return p != folder && s.built[folder][p]
}

// builtFrom are a folder, and the files and folders that Kustomize builds from it.
func (s *Scene) builtFrom(folder string) map[string]bool {
	if s.kustomized == nil {
		s.kustomized = map[string][]string{}
		for _, k := range liveValues[kubernetes.Kustomization](s, kubernetes.Kustomizations) {
			s.kustomized[k.Dir] = slices.Concat(k.Resources, k.Components, k.Patches)
		}
	}
	built := map[string]bool{folder: true}
	for next := []string{folder}; len(next) > 0; next = next[1:] {
		for _, part := range s.kustomized[next[0]] {
			if !built[part] {
				built[part] = true
				next = append(next, part)
			}
		}
	}
	return built
}

// inUse is how far something goes that works from inside what is deployed: a
// library, an agent's settings.
func (s *Scene) inUse(f detect.Finding) Strength {
	if slices.ContainsFunc(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump), func(a wiring.Act) bool { return a.Live && a.Automatic }) {
		return Wired
	}
	return s.applied(f.At.Path)
}

// names says whether what an act is told names a file or a folder around it:
// its paths, its arguments, the inputs of the block that it is.
func (s *Scene) names(a wiring.Act, p string) bool {
	words := strings.FieldsFunc(a.Command, func(r rune) bool { return strings.ContainsRune(" =,:", r) })
	if a.Step.Uses != nil {
		for _, text := range a.Step.Uses.With {
			words = append(words, strings.Fields(text)...)
		}
	}
	dir := path.Join(a.Job.Dir, a.Step.Dir)
	return slices.ContainsFunc(words, func(w string) bool {
		full := path.Join(dir, w)
		return full != "." && (within(p, full) || w != "." && within(p, path.Clean(w)))
	}) || slices.ContainsFunc(a.Paths, func(q string) bool { return q != "." && within(p, q) })
}

// evaluators are the tools that evaluate rules kept as text, by the engine that
// the rules are written for.
var evaluators = map[string][]string{
	"opa": {"opa", "conftest", "regula", "gatekeeper", "trivy", "tfsec", "terrascan", "kics"}, "conftest": {"conftest", "opa", "trivy"},
	"cfn-guard": {"cfn-guard"}, "semgrep": {"semgrep", "opengrep"}, "checkov": {"checkov"}, "sentinel": {"sentinel"}, "crossguard": {"pulumi"},
}

// evaluated is how far a policy goes: wired where a cluster or an account gets
// it from here, or where a pipeline evaluates the file that it stands in. To
// check its grammar or to run its tests evaluates nothing.
func (s *Scene) evaluated(p string, rule policy.Policy) Strength {
	if rule.Applied || len(evaluators[rule.Engine]) == 0 {
		return s.applied(p)
	}
	for _, a := range s.Graph.Of(wiring.Scan, wiring.Plan, wiring.Apply) {
		if a.Live && a.Automatic && slices.Contains(evaluators[rule.Engine], a.Tool) && (s.names(a, p) || byDefault(a, p)) {
			return s.strengthOf(a)
		}
	}
	return Present
}

// policyFolders are where a tool looks for rules that it is not told of.
// Sources: https://www.conftest.dev/options/ and https://semgrep.dev/docs/running-rules
var policyFolders = map[string]string{"conftest": "policy", "semgrep": ".semgrep"}

func byDefault(a wiring.Act, p string) bool {
	folder := policyFolders[a.Tool]
	told := slices.ContainsFunc(strings.Fields(a.Command), func(w string) bool {
		return w == "-p" || strings.HasPrefix(w, "--policy") || strings.HasPrefix(w, "--config")
	})
	return folder != "" && !told && within(p, path.Join(a.Job.Dir, a.Step.Dir, folder))
}
