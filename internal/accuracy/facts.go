package main

import (
	"fmt"
	"slices"
	"strings"
)

// stages are the criteria of each stage, for the totals.
var stages = map[string][]string{
	"2": {"infrastructure-as-code", "reproducible-infrastructure", "configuration-in-version-control", "continuous-integration", "automated-deployment",
		"maintained-documentation", "task-automation", "standard-tooling", "known-ownership", "single-source-of-truth"},
	"3": {"self-service-provisioning", "continuous-deployment", "automatic-rollback", "observability-access", "shared-building-blocks", "golden-path-adoption", "self-service-onboarding"},
	"4": {"policy-as-code", "cost-controls", "developer-portal", "guardrails-in-context", "platform-apis", "platform-as-product", "usage-responsive", "drift-control"},
}

func stageOf(criterion string) string {
	for stage, ids := range stages {
		if slices.Contains(ids, criterion) {
			return stage
		}
	}
	return "5"
}

// The facts that are compared, by the shape of their values.
var (
	nameFacts = []string{"ci_live", "task_runners", "gitops_controllers", "iac_tools", "dev_environment"}
	pathFacts = []string{"terraform_root_modules", "helm_charts", "cloudformation_templates", "portal_descriptors", "state_files_committed"}
	lociFacts = []string{"terraform_backends", "unpinned_terraform_modules", "unpinned_terraform_providers", "unpinned_images", "plain_secrets"}
	plainFact = []string{"runs_tests_on_change", "deploys_from_ci", "deploy_needs_tests", "codeowners", "deploy_trigger", "dependency_updates",
		"lockfiles_committed", "kubernetes_manifest_files", "kustomizations", "release_tags", "authors_last_365d_human"}
	placeFacts = []string{"tests_path", "deploy_path"}
)

func (t *tally) compareFacts(l label, s scanned) {
	for _, k := range nameFacts {
		t.compareNames(k, l, s)
	}
	for _, k := range pathFacts {
		if _, capped := l.Facts[k+"_count"]; !capped {
			t.compareSets(k, l.Repo, texts(l.Facts[k]), texts(s.Facts[k]))
		}
	}
	for _, k := range lociFacts {
		if _, capped := l.Facts[k+"_count"]; !capped {
			t.compareLoci("fact "+k, l.Repo, loci(l.Facts[k]), loci(s.Facts[k]))
		}
	}
	for _, k := range plainFact {
		want, said := fmt.Sprint(l.Facts[k]), fmt.Sprint(s.Facts[k])
		if l.Facts[k] == nil {
			continue
		}
		t.add("fact "+k, want == said)
		if want != said {
			t.differ(k, "%s: label %s, program %s", l.Repo, want, said)
		}
	}
	for _, k := range placeFacts {
		t.comparePlace(k, l, s)
	}
}

func (t *tally) comparePlace(k string, l label, s scanned) {
	want, _ := l.Facts[k].(string)
	said, _ := s.Facts[k].(string)
	if want == "" {
		return
	}
	wantPath, _, _ := strings.Cut(want, ":")
	saidPath, _, _ := strings.Cut(said, ":")
	t.add("fact "+k+" (file)", wantPath == saidPath)
	if wantPath != saidPath {
		t.differ(k, "%s: label %s, program %s", l.Repo, want, said)
	}
}

func (t *tally) compareNames(k string, l label, s scanned) {
	var want []string
	for _, n := range texts(l.Facts[k]) {
		if n = oneName(n); !slices.Contains(want, n) {
			want = append(want, n)
		}
	}
	t.compareSets(k, l.Repo, want, texts(s.Facts[k]))
}

// sameNames are the names that labels have for what the program calls
// otherwise.
var sameNames = map[string]string{
	"npm-scripts": "npm", "yarn-scripts": "npm", "pnpm-scripts": "npm", "gradle-wrapper": "gradle", "docker-compose": "compose", "docker-compose.yml": "compose",
	"docker-compose.yaml": "compose", "devcontainer.json": "devcontainer", ".tool-versions": "asdf", "aws-cdk": "cdk",
	"shell-scripts": "scripts", "shell-and-python-scripts": "scripts", "setup-env": "scripts",
}

// oneName is a labelled name, or the last element of a labelled path, as the
// program writes it.
func oneName(n string) string {
	n = kebab(n)
	n = n[strings.LastIndexByte(n, '/')+1:]
	if same, ok := sameNames[n]; ok {
		return same
	}
	return n
}

// compareSets counts how many of the members agree.
func (t *tally) compareSets(k, repo string, want, said []string) {
	var missed, surplus []string
	for _, w := range want {
		found := slices.Contains(said, w)
		t.add("fact "+k+" found", found)
		if !found {
			missed = append(missed, w)
		}
	}
	for _, x := range said {
		right := slices.Contains(want, x)
		t.add("fact "+k+" precise", right)
		if !right {
			surplus = append(surplus, x)
		}
	}
	if len(missed)+len(surplus) > 0 {
		t.differ(k, "%s: missed %v, surplus %v", repo, missed, surplus)
	}
}

func texts(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, e := range list {
		switch e := e.(type) {
		case string:
			out = append(out, e)
		case map[string]any:
			p, _ := e["path"].(string)
			out = append(out, p)
		}
	}
	return out
}

func loci(v any) []locus {
	list, _ := v.([]any)
	var out []locus
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			p, _ := m["path"].(string)
			n, _ := m["line"].(float64)
			out = append(out, locus{Path: p, Line: int(n)})
		}
	}
	return out
}
