package wiring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A world is a small repository with what detectors saw of it.
type world struct {
	pipelines []wiring.Pipeline
	tasks     []wiring.Task
	scripts   []wiring.Script
	blocks    []wiring.Block
	files     []string
}

func (w world) graph(t *testing.T) *wiring.Graph {
	t.Helper()
	var entries []detect.Entry
	for _, s := range w.scripts {
		w.files = append(w.files, s.Path)
	}
	for _, p := range w.pipelines {
		w.files = append(w.files, p.Path)
	}
	for _, f := range w.files {
		entries = append(entries, detect.Entry{Path: f})
	}
	return wiring.NewGraph(w.pipelines, w.tasks, w.scripts, w.blocks, detect.NewTree(entries, nil), "main")
}

func at(p string, line int) detect.Span {
	return detect.Span{Path: p, Start: detect.Point{Line: line, Column: 1}, End: detect.Point{Line: line, Column: 1}}
}

// run are the commands of a shell text that stops at failures, in a file.
func run(t *testing.T, p string, text string) []wiring.Command {
	t.Helper()
	parsed, err := syntax.Shell(text, true, true)
	if err != nil {
		t.Fatal(err)
	}
	var all []wiring.Command
	for _, c := range parsed {
		all = append(all, wiring.CommandAt(c, at(p, c.Line+1)))
	}
	return all
}

var (
	onPush   = wiring.Trigger{Kind: wiring.Push}
	onMain   = wiring.Trigger{Kind: wiring.Push, Branches: []string{"main"}}
	onMerge  = wiring.Trigger{Kind: wiring.MergeRequest}
	onTag    = wiring.Trigger{Kind: wiring.Tag, Branches: []string{"v*"}}
	byHand   = wiring.Trigger{Kind: wiring.Manual}
	onCall   = wiring.Trigger{Kind: wiring.Called}
	onTime   = wiring.Trigger{Kind: wiring.Schedule}
	ciFile   = ".github/workflows/ci.yml"
	callFile = ".github/workflows/call.yml"
)

// job is a job with one step.
func job(id string, commands []wiring.Command, needs ...string) wiring.Job {
	return wiring.Job{ID: id, Needs: needs, Steps: []wiring.Step{{Commands: commands}}}
}

func ci(triggers []wiring.Trigger, jobs ...wiring.Job) []wiring.Pipeline {
	return []wiring.Pipeline{{Vendor: "github-actions", Path: ciFile, Name: "CI", Triggers: triggers, Jobs: jobs}}
}

// told are the acts of a graph, as "activity tool job flags (swallowed)".
func told(g *wiring.Graph) []string {
	var all []string
	for _, a := range g.Acts() {
		if a.Activity == wiring.Setup {
			continue
		}
		s := fmt.Sprintf("%s %s in %s", a.Activity, a.Tool, a.Job.ID)
		for _, f := range []struct {
			on   bool
			name string
		}{
			{!a.Live, "dead"}, {a.OnMerge, "merge"}, {a.OnMain, "main"}, {a.OnTag, "tag"}, {a.OnSchedule, "schedule"}, {!a.Automatic, "by-hand"},
			{a.ManualGate, "gate"}, {!a.Blocking, "soft"}, {a.NeedsTests, "tested"}, {a.Delegated, "delegated"},
		} {
			if f.on {
				s += " " + f.name
			}
		}
		if a.Swallowed != "" {
			s += " (" + a.Swallowed + ")"
		}
		all = append(all, s)
	}
	return all
}

func check(t *testing.T, g *wiring.Graph, want ...string) {
	t.Helper()
	got := told(g)
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestTriggers(t *testing.T) {
	deploy := func(p string) []wiring.Command { return run(t, p, "kubectl apply -f k8s") }
	for name, c := range map[string]struct {
		triggers []wiring.Trigger
		job      wiring.Job
		want     string
	}{
		"main":          {[]wiring.Trigger{onMain}, wiring.Job{}, "apply kubectl in deploy main"},
		"any branch":    {[]wiring.Trigger{onPush, onMerge}, wiring.Job{}, "apply kubectl in deploy merge main"},
		"other branch":  {[]wiring.Trigger{{Kind: wiring.Push, Branches: []string{"master"}}}, wiring.Job{}, "apply kubectl in deploy dead by-hand"},
		"environment":   {[]wiring.Trigger{{Kind: wiring.Push, Branches: []string{"production"}}}, wiring.Job{}, "apply kubectl in deploy"},
		"all but main":  {[]wiring.Trigger{{Kind: wiring.Push, Branches: []string{"!main"}}}, wiring.Job{}, "apply kubectl in deploy"},
		"expression":    {[]wiring.Trigger{{Kind: wiring.Push, Branches: []string{"/^(main|release)$/"}}}, wiring.Job{}, "apply kubectl in deploy main"},
		"tag":           {[]wiring.Trigger{onTag}, wiring.Job{}, "apply kubectl in deploy tag"},
		"button":        {[]wiring.Trigger{byHand}, wiring.Job{}, "apply kubectl in deploy by-hand"},
		"schedule":      {[]wiring.Trigger{onTime, byHand}, wiring.Job{}, "apply kubectl in deploy schedule"},
		"never":         {[]wiring.Trigger{onMain}, wiring.Job{Never: "if: false"}, "apply kubectl in deploy dead main"},
		"narrowed":      {[]wiring.Trigger{onPush, onMerge}, wiring.Job{Only: []wiring.Trigger{onMain}}, "apply kubectl in deploy main"},
		"narrowed away": {[]wiring.Trigger{onMerge}, wiring.Job{Only: []wiring.Trigger{onTag}}, "apply kubectl in deploy dead by-hand"},
		"gate":          {[]wiring.Trigger{onMain}, wiring.Job{Manual: true}, "apply kubectl in deploy main gate"},
		"ignored":       {[]wiring.Trigger{onMain}, wiring.Job{Ignored: "allow_failure"}, "apply kubectl in deploy main soft (allow_failure)"},
		"paths here":    {[]wiring.Trigger{{Kind: wiring.Push, Paths: []string{"gone.tf", ".github/*/*.yml"}}}, wiring.Job{}, "apply kubectl in deploy main"},
		"paths gone":    {[]wiring.Trigger{{Kind: wiring.Push, Paths: []string{"gone.tf", "old/**"}}}, wiring.Job{}, "apply kubectl in deploy dead by-hand"},
		"paths left":    {[]wiring.Trigger{{Kind: wiring.Push, Paths: []string{"!docs/**"}}}, wiring.Job{}, "apply kubectl in deploy main"},
		"called only":   {[]wiring.Trigger{onCall}, wiring.Job{}, "apply kubectl in deploy dead by-hand"},
	} {
		t.Run(name, func(t *testing.T) {
			c.job.ID, c.job.Steps = "deploy", []wiring.Step{{Commands: deploy(ciFile)}}
			check(t, world{pipelines: ci(c.triggers, c.job)}.graph(t), c.want)
		})
	}
}

func TestTheMainBranchBehindOneOfDevelopment(t *testing.T) {
	p := ci([]wiring.Trigger{{Kind: wiring.Push, Branches: []string{"master"}}}, job("deploy", run(t, ciFile, "kubectl apply -f k8s")))
	for branch, want := range map[string]bool{"develop": true, "master": true, "main": false} {
		if a := wiring.NewGraph(p, nil, nil, nil, detect.NewTree(nil, nil), branch).Acts()[0]; a.OnMain != want || a.Live != want {
			t.Errorf("%s: %+v", branch, a)
		}
	}
}

func TestADeadPipelineSaysWhy(t *testing.T) {
	p := ci([]wiring.Trigger{onMain}, job("deploy", run(t, ciFile, "kubectl apply -f k8s")))
	p[0].Dead = "below a sub-folder"
	a := world{pipelines: p}.graph(t).Acts()[0]
	if a.Live || a.WhyNot != "below a sub-folder" {
		t.Errorf("%+v", a)
	}
}

func TestDeploymentsThatNeedTests(t *testing.T) {
	test, deploy := run(t, ciFile, "go test ./..."), run(t, ciFile, "kubectl apply -f k8s")
	ignored := run(t, ciFile, "go test ./... || true")
	both := []wiring.Trigger{onPush, onMerge}
	for name, c := range map[string]struct {
		jobs   []wiring.Job
		tested bool
	}{
		"same job":      {[]wiring.Job{job("deploy", run(t, ciFile, "go test ./...\nkubectl apply -f k8s"))}, true},
		"after":         {[]wiring.Job{job("deploy", run(t, ciFile, "kubectl apply -f k8s\ngo test ./..."))}, false},
		"beside":        {[]wiring.Job{job("test", test), job("deploy", deploy)}, false},
		"needed":        {[]wiring.Job{job("test", test), job("deploy", deploy, "test")}, true},
		"through":       {[]wiring.Job{job("test", test), job("build", nil, "test"), job("deploy", deploy, "build")}, true},
		"ignored":       {[]wiring.Job{job("test", ignored), job("deploy", deploy, "test")}, false},
		"rendered":      {[]wiring.Job{job("deploy", run(t, ciFile, "kustomize build . > x.yaml\nkubectl apply -f x.yaml"))}, false},
		"regardless":    {[]wiring.Job{job("test", test), {ID: "deploy", Needs: []string{"test"}, Regardless: true, Steps: []wiring.Step{{Commands: deploy}}}}, false},
		"other trigger": {[]wiring.Job{{ID: "test", Only: []wiring.Trigger{onMerge}, Steps: []wiring.Step{{Commands: test}}}, {ID: "deploy", Only: []wiring.Trigger{onMain}, Needs: []string{"test"}, Steps: []wiring.Step{{Commands: deploy}}}}, false},
		"circle":        {[]wiring.Job{job("a", nil, "deploy"), job("deploy", deploy, "a")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			acts := world{pipelines: ci(both, c.jobs...)}.graph(t).Of(wiring.Apply)
			if len(acts) != 1 || acts[0].NeedsTests != c.tested {
				t.Errorf("%d acts, %v", len(acts), acts)
			}
		})
	}
}

func TestAManualApprovalBeforeAJobIsAGate(t *testing.T) {
	hold := wiring.Job{ID: "hold", Manual: true}
	p := ci([]wiring.Trigger{onMain}, hold, job("deploy", run(t, ciFile, "kubectl apply -f k8s"), "hold"))
	check(t, world{pipelines: p}.graph(t), "apply kubectl in deploy main gate")
}

func TestAStepThatWaitsIsAGateForThoseAfterIt(t *testing.T) {
	j := wiring.Job{ID: "all", Steps: []wiring.Step{{Commands: run(t, ciFile, "go test ./...")}, {Manual: true}, {Commands: run(t, ciFile, "kubectl apply -f k8s")}}}
	check(t, world{pipelines: ci([]wiring.Trigger{onMain}, j)}.graph(t), "test go in all main", "apply kubectl in all main gate tested")
}

func TestPipelinesThatFollowOthers(t *testing.T) {
	follow := wiring.Pipeline{
		Path: ".github/workflows/deploy.yml", Name: "Deploy", Triggers: []wiring.Trigger{{Kind: wiring.After, Names: []string{"CI"}, Branches: []string{"main"}}},
		Jobs: []wiring.Job{{ID: "deploy", If: "github.event.workflow_run.conclusion == 'success'", Steps: []wiring.Step{{Commands: run(t, "d.yml", "kubectl apply -f k8s")}}}},
	}
	p := append(ci([]wiring.Trigger{onPush, onMerge}, job("test", run(t, ciFile, "go test ./..."))), follow)
	check(t, world{pipelines: p}.graph(t), "test go in test merge main", "apply kubectl in deploy main tested")
	p[1].Jobs[0].If = ""
	check(t, world{pipelines: p}.graph(t), "test go in test merge main", "apply kubectl in deploy main")
	p[1].Triggers[0].Names = []string{"Gone"}
	check(t, world{pipelines: p}.graph(t), "test go in test merge main", "apply kubectl in deploy dead by-hand")
}

func TestTasksAndScriptsAreFollowed(t *testing.T) {
	w := world{
		pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "make check\n(cd web && npm test)\n./scripts/lint.sh"))),
		tasks: []wiring.Task{
			{Runner: "make", Name: "check", Dir: ".", At: at("Makefile", 1), Needs: []string{"unit"}},
			{Runner: "make", Name: "unit", Dir: ".", At: at("Makefile", 3), Commands: run(t, "Makefile", "go test ./...")},
			{Runner: "yarn", Name: "test", Dir: "web", At: at("web/package.json", 3), Commands: run(t, "web/package.json", "jest || true")},
		},
		scripts: []wiring.Script{{Path: "scripts/lint.sh", Language: "bash", Commands: run(t, "scripts/lint.sh", "shellcheck *.sh")}},
	}
	g := w.graph(t)
	check(t, g, "test go in ci merge", "test jest in ci merge soft tested (|| true)", "lint shellcheck in ci merge tested")
	a := g.Acts()[0]
	if a.At.Path != "Makefile" || len(a.Via) != 2 || a.Via[0].Path != ciFile || a.Via[1].Path != "Makefile" {
		t.Errorf("at %v via %v", a.At, a.Via)
	}
}

func TestTasksThatCallEachOtherEnd(t *testing.T) {
	var tasks []wiring.Task
	for i := range 40 {
		var needs []string
		for k := range 40 {
			needs = append(needs, fmt.Sprint("t", k))
		}
		tasks = append(tasks, wiring.Task{Runner: "make", Name: fmt.Sprint("t", i), Dir: ".", Needs: needs, Commands: run(t, "Makefile", "go test ./...\nmake t1 t2 t3")})
	}
	g := world{pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "make t0"))), tasks: tasks}.graph(t)
	if n := len(g.Acts()); n == 0 || n > 1000 {
		t.Errorf("%d acts", n)
	}
}

func TestUnknownTasksAreToldByTheirName(t *testing.T) {
	w := world{pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "npm run test:unit\nyarn run lint\nmake deploy"))), files: []string{"README.md"}}
	check(t, w.graph(t), "test npm in ci merge", "apply make in ci merge tested")
}

func TestReusableWorkflows(t *testing.T) {
	called := wiring.Pipeline{Path: callFile, Triggers: []wiring.Trigger{onCall}, Jobs: []wiring.Job{
		{ID: "check", Only: []wiring.Trigger{onCall, onMerge}, Steps: []wiring.Step{{Commands: run(t, callFile, "go test ./...")}}},
		{ID: "apply", Needs: []string{"check"}, Environment: "${{ inputs.env }}", Steps: []wiring.Step{{Dir: "${{ inputs.dir }}", Commands: run(t, callFile, "terraform apply")}}},
	}}
	use := &wiring.Use{Kind: wiring.Workflow, Ref: "./" + callFile, Local: true, Path: callFile, With: map[string]string{"env": "prod", "dir": "infra"}, At: at(ciFile, 9)}
	caller := wiring.Job{ID: "call", Uses: use}
	g := world{pipelines: append(ci([]wiring.Trigger{onMain, onMerge}, caller), called), files: []string{"infra/main.tf"}}.graph(t)
	check(t, g, "test go in call merge", "apply terraform in call merge main tested")
	a := g.Of(wiring.Apply)[0]
	if a.Environment != "prod" || !slices.Equal(a.Paths, []string{"infra"}) || a.Pipeline.Path != ciFile || !g.UsesBlock(callFile) {
		t.Errorf("%+v", a)
	}
}

func TestActionsOfTheRepository(t *testing.T) {
	block := wiring.Block{Kind: wiring.Action, Path: ".github/actions/run", Jobs: []wiring.Job{job("run", []wiring.Command{{Words: []string{"npm", "run", "${{ inputs.script }}"}, At: at(".github/actions/run/action.yml", 9), Dir: "."}})}}
	step := func(script string) wiring.Step {
		return wiring.Step{Uses: &wiring.Use{Kind: wiring.Action, Ref: "./.github/actions/run", Local: true, Path: ".github/actions/run", With: map[string]string{"script": script}, At: at(ciFile, 5)}}
	}
	w := world{
		pipelines: ci([]wiring.Trigger{onMerge}, wiring.Job{ID: "ci", Steps: []wiring.Step{step("test"), step("lint")}}), blocks: []wiring.Block{block},
		tasks: []wiring.Task{{Runner: "npm", Name: "test", Dir: ".", Commands: run(t, "package.json", "jest")}, {Runner: "npm", Name: "lint", Dir: ".", Commands: run(t, "package.json", "eslint .")}},
	}
	check(t, w.graph(t), "test jest in ci merge", "lint eslint in ci merge tested")
}

func TestVariablesThatAreSet(t *testing.T) {
	j := wiring.Job{ID: "apply", Env: map[string]string{"ROOT": "infra"}, Steps: []wiring.Step{
		{Env: map[string]string{"TASK": "lint"}, Commands: run(t, ciFile, `make "$TASK"`)},
		{Dir: "${{ env.ROOT }}/prod", Commands: run(t, ciFile, "terraform apply")},
	}}
	w := world{
		pipelines: ci([]wiring.Trigger{onMain}, j), files: []string{"infra/prod/main.tf"},
		tasks: []wiring.Task{{Runner: "make", Name: "lint", Dir: ".", Commands: run(t, "Makefile", "yamllint .")}},
	}
	g := w.graph(t)
	check(t, g, "lint yamllint in apply main", "apply terraform in apply main")
	if p := g.Of(wiring.Apply)[0].Paths; !slices.Equal(p, []string{"infra/prod"}) {
		t.Errorf("%q", p)
	}
}

func TestAnActionThatUsesItselfEnds(t *testing.T) {
	use := &wiring.Use{Kind: wiring.Action, Ref: "./a", Local: true, Path: "a"}
	block := wiring.Block{Kind: wiring.Action, Path: "a", Jobs: []wiring.Job{{Steps: []wiring.Step{{Uses: use}, {Uses: use, Commands: run(t, "a", "go test ./...")}}}}}
	g := world{pipelines: ci([]wiring.Trigger{onMerge}, wiring.Job{ID: "ci", Steps: []wiring.Step{{Uses: use}}}), blocks: []wiring.Block{block}}.graph(t)
	check(t, g, "test go in ci merge")
}

func TestIncludedPipelines(t *testing.T) {
	root := wiring.Pipeline{Vendor: "gitlab-ci", Path: ".gitlab-ci.yml", Triggers: []wiring.Trigger{onPush, onMerge}, Includes: []wiring.Use{
		{Kind: wiring.Include, Ref: "/ci/test.yml", Local: true, Path: "ci/test.yml"},
		{Kind: wiring.Include, Ref: "group/templates:deploy.yml", Owner: "group", Repo: "templates", Path: "deploy.yml"},
	}, Jobs: []wiring.Job{job("apply", run(t, ".gitlab-ci.yml", "kubectl apply -f k8s"), "test")}}
	included := wiring.Pipeline{Vendor: "gitlab-ci", Path: "ci/test.yml", Triggers: []wiring.Trigger{onCall}, Jobs: []wiring.Job{job("test", run(t, "ci/test.yml", "pytest"))}}
	g := world{pipelines: []wiring.Pipeline{root, included}}.graph(t)
	check(t, g, "apply kubectl in apply merge main tested", "test pytest in test merge main", "apply deploy in group/templates:deploy.yml merge main soft delegated")
}

func TestTestsInsideAnImageBuildCount(t *testing.T) {
	build := wiring.Step{Uses: &wiring.Use{Kind: wiring.Action, Ref: "someone/build@v1", Owner: "someone", Repo: "build", With: map[string]string{"dockerfile": "Dockerfile.${{ matrix.x }}"}, At: at(ciFile, 7)}}
	w := world{
		pipelines: ci([]wiring.Trigger{onMerge}, job("a", run(t, ciFile, "docker build -f web/Dockerfile web")), wiring.Job{ID: "b", Steps: []wiring.Step{build}}),
		scripts: []wiring.Script{
			{Path: "web/Dockerfile", Language: "dockerfile", Commands: run(t, "web/Dockerfile", "npm ci && npm test")},
			{Path: "Dockerfile.api", Language: "dockerfile", Commands: run(t, "Dockerfile.api", "make test")},
		},
		tasks: []wiring.Task{
			{Runner: "npm", Name: "test", Dir: "web", Commands: run(t, "web/package.json", "jest")},
			{Runner: "make", Name: "test", Dir: ".", Commands: run(t, "Makefile", "go test ./...")},
		},
	}
	check(t, w.graph(t), "build docker in a merge", "test jest in a merge", "build build in b merge soft delegated", "test go in b merge")
}

func TestDeliveryIntoDesiredState(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		bump bool
	}{
		"kustomize":   {"cd overlays/prod && kustomize edit set image web=web:1\ngit commit -am x\ngit push", true},
		"yq":          {"yq -i '.image.tag = \"1\"' values.yaml\ngit commit -am x\ngit push origin main", true},
		"elsewhere":   {"git clone https://example.com/other\ncd other\nsed -i s/a/b/ x\ngit commit -am x\ngit push", true},
		"mirror":      {"git clone --mirror https://example.com/other\ngit push --mirror https://example.com/copy", false},
		"changelog":   {"sed -i s/a/b/ README.md\ngit push", false},
		"render only": {"kustomize edit set image web=web:1\nkustomize build . | kubectl apply -f -", false},
		"pages":       {"git push origin gh-pages", false},
	} {
		t.Run(name, func(t *testing.T) {
			g := world{pipelines: ci([]wiring.Trigger{onMain}, job("bump", run(t, ciFile, c.text)))}.graph(t)
			if got := len(g.Of(wiring.Bump)) > 0; got != c.bump {
				t.Errorf("%v", told(g))
			}
		})
	}
}

func TestAClusterOfTheJobsOwnIsNoDeployment(t *testing.T) {
	j := wiring.Job{ID: "e2e", Steps: []wiring.Step{{Uses: &wiring.Use{Kind: wiring.Action, Ref: "helm/kind-action@v1", Owner: "helm", Repo: "kind-action"}}, {Commands: run(t, ciFile, "kubectl apply -f k8s")}}}
	check(t, world{pipelines: ci([]wiring.Trigger{onMerge}, j)}.graph(t), "test kubectl in e2e merge")
}

func TestThereMustBeCodeToActOn(t *testing.T) {
	w := world{pipelines: ci([]wiring.Trigger{onMerge}, job("plan", run(t, ciFile, "cd infra && terraform plan"))), files: []string{"infra/README.md"}}
	check(t, w.graph(t), "plan terraform in plan dead merge")
	w.files = append(w.files, "infra/main.tf")
	check(t, w.graph(t), "plan terraform in plan merge")
}

func TestEnvironments(t *testing.T) {
	for name, c := range map[string]struct {
		id, declared, text, want string
	}{
		"declared":  {"deploy-dev", "prod", "kubectl apply -f x", "prod"},
		"job":       {"release/deploy-to-production", "", "kubectl apply -f x", "production"},
		"work":      {"integration-test", "", "kubectl apply -f x", ""},
		"option":    {"deploy", "", "sls deploy --stage staging", "staging"},
		"folder":    {"deploy", "", "terraform -chdir=envs/prod apply", "prod"},
		"no option": {"deploy", "", "sls deploy --stage $STAGE", ""},
	} {
		t.Run(name, func(t *testing.T) {
			j := job(c.id, run(t, ciFile, c.text))
			j.Environment = c.declared
			g := world{pipelines: ci([]wiring.Trigger{onMain}, j), files: []string{"envs/prod/main.tf"}}.graph(t)
			if got := g.Acts()[0].Environment; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestSecretsStayOutOfCommands(t *testing.T) {
	text := "docker login -u me --password hunter2\nhelm upgrade web ./c --set db.password=hunter2\ngit push https://me:hunter2@example.com --tags\nkubectl apply --token=hunter2 -f x"
	for _, a := range (world{pipelines: ci([]wiring.Trigger{onMain}, job("x", run(t, ciFile, text)))}).graph(t).Acts() {
		if strings.Contains(a.Command, "hunter2") {
			t.Errorf("%s", a.Command)
		}
	}
}

func TestDescribe(t *testing.T) {
	for want, m := range map[string]wiring.Meaning{"terraform apply": {Activity: wiring.Apply, Tool: "terraform"}, "test": {Activity: wiring.Test}, "build": {Activity: wiring.Build, Tool: "build"}} {
		if got := (wiring.Act{Meaning: m}).Describe(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
