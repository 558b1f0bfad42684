package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/containers"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/observability"
	"github.com/waymark-dev/waymark/detectors/ownership"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/secrets"
	"github.com/waymark-dev/waymark/detectors/tasks"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/detectors/tooling"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A Locus is a place in a list of facts.
type Locus struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Type string `json:"type,omitempty"`
}

// A PolicyTool is a policy tool with how far it goes.
type PolicyTool struct {
	Name     string `json:"name"`
	Strength string `json:"strength"`
	Path     string `json:"path"`
}

// Facts are what was seen, in a form to compare and to count. Lists of names
// are in kebab case and sorted; paths are from the root.
type Facts struct {
	InfrastructureTools  []string     `json:"iac_tools"`
	GitOpsControllers    []string     `json:"gitops_controllers"`
	LiveCI               []string     `json:"ci_live"`
	DeadCI               []string     `json:"ci_dead"`
	Rollback             []string     `json:"rollback"`
	Observability        []string     `json:"observability"`
	BlocksProvided       []string     `json:"shared_blocks_provided"`
	BlocksConsumed       []string     `json:"shared_blocks_consumed"`
	TaskRunners          []string     `json:"task_runners"`
	DevEnvironment       []string     `json:"dev_environment"`
	Secrets              []string     `json:"secrets_management"`
	Autoscaling          []string     `json:"autoscaling"`
	TerraformRoots       []string     `json:"terraform_root_modules"`
	HelmCharts           []string     `json:"helm_charts"`
	CloudFormation       []string     `json:"cloudformation_templates"`
	PortalDescriptors    []string     `json:"portal_descriptors"`
	StateFiles           []string     `json:"state_files_committed"`
	TerraformBackends    []Locus      `json:"terraform_backends"`
	UnpinnedModules      []Locus      `json:"unpinned_terraform_modules"`
	UnpinnedProviders    []Locus      `json:"unpinned_terraform_providers"`
	UnpinnedImages       []Locus      `json:"unpinned_images"`
	PlainSecrets         []Locus      `json:"plain_secrets"`
	LockFiles            int          `json:"lockfiles_committed"`
	ManifestFiles        int          `json:"kubernetes_manifest_files"`
	Kustomizations       int          `json:"kustomizations"`
	BotCommitsLastYear   *int         `json:"dependency_bot_commits_last_year"`
	ReleaseTags          *int         `json:"release_tags"`
	HumanAuthorsLastYear *int         `json:"authors_last_365d_human"`
	RunsTestsOnChange    *bool        `json:"runs_tests_on_change"`
	DeploysFromCI        *bool        `json:"deploys_from_ci"`
	DeployNeedsTests     *bool        `json:"deploy_needs_tests"`
	CodeOwners           bool         `json:"codeowners"`
	TestsPath            *string      `json:"tests_path"`
	DeployPath           *string      `json:"deploy_path"`
	DeployTrigger        string       `json:"deploy_trigger"`
	DependencyUpdates    string       `json:"dependency_updates"`
	PolicyTools          []PolicyTool `json:"policy_tools"`
}

// FactsOf are the facts of a scene.
func FactsOf(s *Scene) Facts {
	f := Facts{
		InfrastructureTools: s.toolNames(), LiveCI: s.vendors(), DeadCI: s.deadVendors(),
		BlocksProvided: s.providedNames(), BlocksConsumed: s.consumedNames(),
		TaskRunners: s.runners(),
		CodeOwners:  slices.ContainsFunc(liveValues[ownership.Owners](s, ownership.OwnersFiles), func(o ownership.Owners) bool { return o.Ignored == "" && o.Format == "codeowners" }),
		PolicyTools: s.policyTools(), DependencyUpdates: s.updaters(),
	}
	s.nameFacts(&f)
	s.pathFacts(&f)
	s.locatedFacts(&f)
	s.pipelineFacts(&f)
	s.historyFacts(&f)
	return f
}

// names are the distinct non-empty texts of a list, sorted.
func names[T any](list []T, name func(T) string) []string {
	out := []string{}
	for _, v := range list {
		if n := name(v); n != "" {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// toolNames are the tools that infrastructure is written with.
func (s *Scene) toolNames() []string {
	tools := names(liveValues[provisioning.Project](s, provisioning.Projects), func(p provisioning.Project) string { return p.Tool })
	for _, m := range liveValues[terraform.Module](s, terraform.Modules) {
		tools = append(tools, provisioner(m))
	}
	for _, t := range liveValues[cloudformation.Template](s, cloudformation.Templates) {
		if t.SAM {
			tools = append(tools, "sam")
		}
		tools = append(tools, "cloudformation")
	}
	if len(s.live(cloudformation.Apps)) > 0 {
		tools = append(tools, "cdk")
	}
	return names(append(tools, s.clusterTools()...), func(t string) string { return t })
}

// clusterTools are those with which clusters are told what to run.
func (s *Scene) clusterTools() []string {
	var tools []string
	for _, f := range s.live(kubernetes.Objects, kubernetes.Syncs, kubernetes.Charts, kubernetes.Helmfiles, kubernetes.Kustomizations) {
		switch v := f.Value.(type) {
		case kubernetes.Object:
			if strings.HasSuffix(v.Group, "crossplane.io") {
				tools = append(tools, "crossplane")
			} else if !v.Templated && shapesCluster(v) > Bad && !ofController(v) {
				tools = append(tools, "kubernetes")
			}
		case kubernetes.Sync:
			if v.Controller == "flux" {
				tools = append(tools, "flux")
			}
			if v.Kind == "HelmRelease" {
				tools = append(tools, "helm")
			}
		case kubernetes.Chart:
			tools = append(tools, "helm")
		case kubernetes.Helmfile:
			tools = append(tools, "helm", "helmfile")
		case kubernetes.Kustomization:
			tools = append(tools, "kustomize")
		}
	}
	return tools
}

// ofController says whether an object tells a controller what to apply, and
// nothing of its own.
func ofController(o kubernetes.Object) bool {
	return strings.HasSuffix(o.Group, ".toolkit.fluxcd.io") || o.Group == "argoproj.io" || o.Group == "nais.io"
}

func (s *Scene) vendors() []string {
	return names(s.pipelines, func(p wiring.Pipeline) string {
		if p.Dead != "" {
			return ""
		}
		return p.Vendor
	})
}

func (s *Scene) deadVendors() []string {
	return names(s.pipelines, func(p wiring.Pipeline) string {
		if p.Dead == "" {
			return ""
		}
		return p.Vendor + ": " + p.Path + " " + p.Dead
	})
}

func (s *Scene) providedNames() []string {
	return names(s.offers(), func(o RoleEvidence) string { return o.At.Path })
}

func (s *Scene) consumedNames() []string {
	return names(s.ownBlocks(), func(u ownUse) string { return u.sign.Note })
}

// runners are what runs the repository's tasks: task runners, those beside its
// tests too, else hooks; and scripts that documents tell to type.
func (s *Scene) runners() []string {
	var list []wiring.Task
	for _, f := range s.Of(tasks.Tasks) {
		if t, ok := f.Value.(wiring.Task); ok && (f.Place == detect.Live || f.Place == detect.Test) {
			list = append(list, t)
		}
	}
	found := runnersOf(list)
	if len(found) == 0 {
		found = names(liveValues[tooling.HookSet](s, tooling.HookSets), func(h tooling.HookSet) string { return h.Name })
	}
	if s.toldScripts() {
		found = append(found, "scripts")
	}
	slices.Sort(found)
	return found
}

// toldScripts: documents tell to type scripts of the repository.
func (s *Scene) toldScripts() bool {
	return slices.ContainsFunc(liveValues[docs.Command](s, docs.Commands), func(c docs.Command) bool { return c.Told && c.Runner == "script" })
}

func (s *Scene) updaters() string {
	list := names(liveValues[tooling.Updater](s, tooling.Updaters), func(u tooling.Updater) string {
		if u.Disabled {
			return ""
		}
		return u.Name
	})
	switch {
	case slices.Contains(list, "renovate") && slices.Contains(list, "dependabot"):
		return "both"
	case len(list) > 0:
		return list[0]
	}
	return "none"
}

func (s *Scene) policyTools() []PolicyTool {
	tools := []PolicyTool{}
	for _, r := range CriterionByID("policy-as-code").signs(s) {
		name := strings.TrimPrefix(strings.TrimPrefix(r.Subject, "scan by "), "policies of ")
		if r.Strength > None && !slices.ContainsFunc(tools, func(t PolicyTool) bool { return t.Name == name }) {
			tools = append(tools, PolicyTool{name, r.Strength.String(), r.At.Path})
		}
	}
	return tools
}

func (s *Scene) nameFacts(f *Facts) {
	f.GitOpsControllers = append(names(liveValues[kubernetes.Sync](s, kubernetes.Syncs), func(y kubernetes.Sync) string { return y.Controller }), s.installedControllers()...)
	slices.Sort(f.GitOpsControllers)
	f.GitOpsControllers = slices.Compact(f.GitOpsControllers)
	f.Observability = names(liveValues[observability.Signal](s, observability.Signals), func(g observability.Signal) string { return g.Tool })
	f.DevEnvironment = names(liveValues[tasks.Environment](s, tasks.Environments), func(e tasks.Environment) string { return e.Kind })
	f.Secrets = names(liveValues[secrets.Keeper](s, secrets.Keepers), func(k secrets.Keeper) string { return k.Name })
	f.Autoscaling = names(liveValues[kubernetes.Autoscaler](s, kubernetes.Autoscalers), func(a kubernetes.Autoscaler) string { return a.Kind })
	f.Rollback = names(CriterionByID("automatic-rollback").signs(s), func(g Sign) string { return g.Note })
}

// controllerCharts are the charts that install a controller of GitOps.
var controllerCharts = map[string]string{"argo-cd": "argocd", "flux2": "flux", "fleet": "fleet"}

// installedControllers are the controllers that helmfiles release.
func (s *Scene) installedControllers() []string {
	var found []string
	for _, h := range liveValues[kubernetes.Helmfile](s, kubernetes.Helmfiles) {
		for _, d := range h.Releases {
			if name := controllerCharts[path.Base(d.Name)]; name != "" {
				found = append(found, name)
			}
		}
	}
	return found
}

func (s *Scene) pathFacts(f *Facts) {
	f.TerraformRoots = names(liveValues[terraform.Module](s, terraform.Modules), func(m terraform.Module) string {
		if !m.Root {
			return ""
		}
		return m.Dir
	})
	f.HelmCharts = names(liveValues[kubernetes.Chart](s, kubernetes.Charts), func(c kubernetes.Chart) string { return c.Dir })
	f.CloudFormation = names(s.live(cloudformation.Templates), findingPath)
	f.PortalDescriptors = names(s.live(portal.Entries), findingPath)
	f.StateFiles = names(s.live(terraform.StateFiles), findingPath)
	f.LockFiles = len(s.live(terraform.LockFiles))
	f.Kustomizations = len(s.live(kubernetes.Kustomizations))
	f.ManifestFiles = len(names(s.live(kubernetes.Objects), func(g detect.Finding) string {
		if o, _ := g.Value.(kubernetes.Object); o.Chart != "" {
			return ""
		}
		return g.At.Path
	}))
}

func findingPath(f detect.Finding) string { return f.At.Path }

func locus(f detect.Finding) Locus { return Locus{Path: f.At.Path, Line: f.At.Start.Line} }

func (s *Scene) locatedFacts(f *Facts) {
	f.TerraformBackends, f.UnpinnedModules, f.UnpinnedProviders, f.UnpinnedImages, f.PlainSecrets = []Locus{}, []Locus{}, []Locus{}, []Locus{}, []Locus{}
	for _, g := range s.live(terraform.Backends) {
		b, _ := g.Value.(terraform.Backend)
		l := locus(g)
		l.Type = b.Type
		f.TerraformBackends = append(f.TerraformBackends, l)
	}
	for _, g := range s.live(terraform.ModuleCalls) {
		if c, _ := g.Value.(terraform.ModuleCall); !s.fixed(c) {
			f.UnpinnedModules = append(f.UnpinnedModules, locus(g))
		}
	}
	for _, g := range s.live(terraform.RequiredProviders) {
		if p, _ := g.Value.(terraform.RequiredProvider); unconstrained(p) && (!p.Implied || p.Configured) {
			f.UnpinnedProviders = append(f.UnpinnedProviders, locus(g))
		}
	}
	for _, g := range s.live(kubernetes.Images) {
		if i, _ := g.Value.(kubernetes.Image); !i.Pinned() && !s.setLater(i) && !s.replaced(i) {
			f.UnpinnedImages = append(f.UnpinnedImages, locus(g))
		}
	}
	for _, g := range s.live(containers.Bases, containers.Images) {
		if b, _ := g.Value.(containers.Base); !b.Pinned() {
			f.UnpinnedImages = append(f.UnpinnedImages, locus(g))
		}
	}
	for _, sign := range slices.Concat(s.movingCommands(), runImages.Signs(s)) {
		if l := (Locus{Path: sign.At.Path, Line: sign.At.Start.Line}); (sign.Check == checkMovingRun || sign.Check == checkRunImage) && !slices.Contains(f.UnpinnedImages, l) {
			f.UnpinnedImages = append(f.UnpinnedImages, l)
		}
	}
	for _, sign := range plainSecrets.Signs(s) {
		f.PlainSecrets = append(f.PlainSecrets, Locus{Path: sign.At.Path, Line: sign.At.Start.Line})
	}
}

func (s *Scene) historyFacts(f *Facts) {
	if commits, err := s.lastYear(); err == nil {
		bots, people := 0, map[string]bool{}
		for _, c := range commits {
			switch {
			case c.Bot:
				bots++
			case !c.Merge:
				people[c.Author] = true
			}
		}
		authors := len(people)
		f.BotCommitsLastYear, f.HumanAuthorsLastYear = &bots, &authors
	}
	if tags, err := s.Repo.History.Tags(); err == nil {
		n := 0
		for _, t := range tags {
			if versionLike(path.Base(strings.TrimPrefix(t.Name, "release-"))) {
				n++
			}
		}
		f.ReleaseTags = &n
	}
}
