package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A FirstStep says what to do first in this repository where a criterion is not
// met and no line is wrong, and where: with the tools and the files that are
// here. Its text is empty where it knows nothing more exact than the
// criterion's own step.
type FirstStep func(*Scene) (text string, at detect.Span)

// firstStep is what to do first for a criterion, and where.
func (c *Criterion) firstStep(s *Scene) (string, detect.Span) {
	if c.First != nil {
		if text, at := c.First(s); text != "" {
			return text, at
		}
	}
	return c.Step, detect.Span{Path: c.Lives}
}

// ecosystemTools are what a package's ecosystem tests, and checks its style,
// with.
var ecosystemTools = map[string]struct{ test, style string }{
	"go":       {"go test ./...", "golangci-lint"},
	"npm":      {"npm test", "ESLint and Prettier"},
	"pip":      {"pytest", "Ruff"},
	"cargo":    {"cargo test", "clippy and rustfmt"},
	"maven":    {"mvn verify", "Spotless"},
	"gradle":   {"./gradlew check", "Spotless"},
	"nuget":    {"dotnet test", "dotnet format"},
	"bundler":  {"bundle exec rake test", "RuboCop"},
	"composer": {"composer test", "PHP-CS-Fixer"},
	"mix":      {"mix test", "mix format and Credo"},
}

// mainManifest is the manifest of the package nearest to the root.
func (s *Scene) mainManifest() (tasks.Manifest, bool) {
	all := slices.Clone(liveValues[tasks.Manifest](s, tasks.Manifests))
	depth := func(m tasks.Manifest) int {
		if m.Dir == rest || m.Dir == "" {
			return 0
		}
		return strings.Count(m.Dir, "/") + 1
	}
	slices.SortStableFunc(all, func(a, b tasks.Manifest) int { return cmp.Compare(depth(a), depth(b)) })
	for _, m := range all {
		if _, known := ecosystemTools[m.Ecosystem]; known {
			return m, true
		}
	}
	return tasks.Manifest{}, false
}

// firstRoot is the live Terraform root at the top, else the first one.
func (s *Scene) firstRoot() (first terraform.Module, found bool) {
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		if m.Root && (!found || m.Dir == rest) {
			first, found = m, true
		}
	}
	return first, found
}

// provisioner is the program that plans and applies a root.
func provisioner(root terraform.Module) string {
	if root.Terragrunt {
		return "terragrunt"
	}
	return "terraform"
}

// livePipeline is the pipeline to extend: one that tests and delivers, else one
// that tests changes, else one that runs on any change, else the first that its
// vendor reads; where each purpose has a file of its own, only one that changes
// start.
func (s *Scene) livePipeline() (wiring.Pipeline, bool) {
	for _, suits := range []func(wiring.Act) bool{
		func(a wiring.Act) bool { return a.Activity == wiring.Test && s.deliversIn(a.Pipeline.Path) },
		func(a wiring.Act) bool { return a.Activity == wiring.Test && a.Blocking },
		func(a wiring.Act) bool {
			return !slices.ContainsFunc(a.Triggers, func(t wiring.Trigger) bool { return len(t.Paths) > 0 })
		},
	} {
		for _, a := range s.Graph.Acts() {
			if a.Live && a.OnChange && suits(a) {
				return *a.Pipeline, true
			}
		}
	}
	for _, p := range s.pipelines {
		if p.Dead == "" && (p.Vendor != "github-actions" || startedByChange(p)) {
			return p, true
		}
	}
	return wiring.Pipeline{}, false
}

// pipelineToExtend is the file of the live pipeline, else where a first one
// would lie.
func (s *Scene) pipelineToExtend() string {
	if p, ok := s.livePipeline(); ok {
		return p.Path
	}
	return s.newPipeline("ci")
}

// deliversIn says whether a pipeline brings out what is here.
func (s *Scene) deliversIn(file string) bool {
	return slices.ContainsFunc(s.Graph.Of(wiring.Apply, wiring.Publish, wiring.Bump), func(a wiring.Act) bool { return a.Pipeline.Path == file && delivers(a) })
}

// verifying are activities that tell whether a change is sound.
var verifying = []wiring.Activity{wiring.Test, wiring.Validate, wiring.Plan, wiring.Lint, wiring.Format, wiring.Scan, wiring.Build}

// checksIn says whether a pipeline checks changes in any way, so that a test
// belongs beside what it does.
func (s *Scene) checksIn(file string) bool {
	return slices.ContainsFunc(s.Graph.Of(verifying...), func(a wiring.Act) bool { return a.Live && a.OnChange && a.Pipeline.Path == file })
}

func startedByChange(p wiring.Pipeline) bool {
	return slices.ContainsFunc(p.Triggers, func(t wiring.Trigger) bool { return t.Kind == wiring.Push || t.Kind == wiring.MergeRequest })
}

// newPipeline is where a first pipeline for a purpose would lie, by the host of
// the repository.
func (s *Scene) newPipeline(purpose string) string {
	if strings.Contains(s.Repo.Host, "gitlab") {
		return ".gitlab-ci.yml"
	}
	return ".github/workflows/" + purpose + ".yml"
}

// checkCommand is the command that would test or validate a change here.
func (s *Scene) checkCommand() string {
	for _, t := range s.tasks {
		if t.Name == "test" && t.Dir == rest {
			if t.Runner == "npm" {
				return "npm test"
			}
			return t.Runner + " test"
		}
	}
	m, built := s.mainManifest()
	if built && (s.Is(Service) || s.Is(Library)) {
		return ecosystemTools[m.Ecosystem].test
	}
	if command := s.validation(); command != "" {
		return command
	}
	return ecosystemTools[m.Ecosystem].test
}

func place(dir string) string {
	if dir == rest || dir == "" {
		return "the root"
	}
	return dir
}
