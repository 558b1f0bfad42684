package wiring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/wiring"
)

// Beside each command that never runs, or changes nothing, stands an honest
// one.
func TestWhatNeverRunsDoesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		idle, honest string
	}{
		"exit":             {"exit 0\nterraform apply", "test -f x || exit 0\nterraform apply"},
		"exec":             {"exec sleep 1\nterraform apply", "exec 2>&1\nterraform apply"},
		"true or":          {"true || terraform apply", "terraform plan || terraform apply"},
		"if false":         {"if false; then terraform apply; fi", "if $DEPLOY; then terraform apply; fi"},
		"constant test":    {"[ 1 = 2 ] && terraform apply", "[ \"$X\" = 2 ] && terraform apply"},
		"nobody calls":     {"deploy() { terraform apply; }\necho deploy", "deploy() { terraform apply; }\ndeploy"},
		"inner exit":       {"bash -c 'exit 0; terraform apply'", "bash -c 'terraform apply'"},
		"in a container":   {"docker run x sh -c 'exit 0; terraform apply'", "docker run x sh -c 'cd y; terraform apply'"},
		"a document":       {"cat <<EOF\nterraform apply\nEOF", "bash <<EOF\nterraform apply\nEOF"},
		"help":             {"terraform apply -help", "terraform apply"},
		"long help":        {"helm upgrade --help", "helm upgrade web ./web --version 1.2.0"},
		"short help":       {"helm upgrade -h", "helm upgrade web ./web -n web"},
		"help of a task":   {"make deploy --help", "make deploy"},
		"dry task":         {"make -n deploy", "make -j4 deploy"},
		"version":          {"terraform version", "terraform apply"},
		"shadowed":         {"terraform() { :; }\nterraform apply", "terraform() { command terraform \"$@\"; }\nterraform apply"},
		"alias":            {"alias terraform=echo\nterraform apply", "alias tf=terraform\ntf apply"},
		"dry kubectl":      {"kubectl apply -f k8s --dry-run=client", "kubectl apply -f k8s --dry-run=none"},
		"dry helm":         {"helm upgrade web ./web --dry-run", "helm upgrade web ./web"},
		"checked playbook": {"ansible-playbook site.yml --check", "ansible-playbook site.yml"},
		"a change set":     {"aws cloudformation deploy --stack-name x --no-execute-changeset", "aws cloudformation deploy --stack-name x"},
		"no target":        {"terraform apply -target none", "terraform apply -target aws_instance.web"},
		"dry publication":  {"npm publish --dry-run", "npm publish"},
		"dry push":         {"git push --tags --dry-run", "git push --tags"},
	} {
		t.Run(name, func(t *testing.T) {
			for text, want := range map[string]bool{c.idle: false, c.honest: true} {
				g := world{pipelines: ci([]wiring.Trigger{onMain}, job("deploy", run(t, ciFile, text))), files: []string{"main.tf", "y/main.tf"}}.graph(t)
				got := slices.ContainsFunc(g.Of(wiring.Apply, wiring.Publish), func(a wiring.Act) bool { return a.Live })
				if got != want {
					t.Errorf("%s: %q", text, told(g))
				}
			}
		})
	}
}

func TestWhatTestsNothingIsNoTest(t *testing.T) {
	for name, c := range map[string]struct {
		idle, honest string
	}{
		"help":      {"go test --help", "go test ./..."},
		"no name":   {"go test -run NONE ./...", "go test -run Unit ./..."},
		"no match":  {"go test -run '^$' ./...", "go test -run '^Test' ./..."},
		"compile":   {"go test -c ./...", "go test -count=1 ./..."},
		"inverted":  {"! go test ./...", "if ! go test ./...; then exit 1; fi"},
		"listed":    {"pytest --collect-only", "pytest -q"},
		"no run":    {"cargo test --no-run", "cargo test"},
		"list":      {"npx playwright test --list", "npx playwright test"},
		"swallowed": {"go test ./... || :", "go test ./... || exit 1"},
		"printed":   {"go test ./... || echo failed", "go test ./... || { echo failed; exit 1; }"},
	} {
		t.Run(name, func(t *testing.T) {
			for text, want := range map[string]bool{c.idle: false, c.honest: true} {
				g := world{pipelines: ci([]wiring.Trigger{onMerge}, job("test", run(t, ciFile, text)))}.graph(t)
				got := slices.ContainsFunc(g.Of(wiring.Test), func(a wiring.Act) bool { return a.Live && a.Blocking })
				if got != want {
					t.Errorf("%s: %q", text, told(g))
				}
			}
		})
	}
}

// A task of which nothing is known is told by its name; one that is seen to do
// nothing is not.
func TestTasksThatDoNothing(t *testing.T) {
	for text, want := range map[string][]string{
		"true":                       nil,
		":":                          nil,
		"exit 0":                     nil,
		"echo no tests && exit 1":    nil,
		"exit 0\ngo test ./...":      {"test go in ci dead merge"},
		"echo testing\n./vendored/x": {"test make in ci merge"},
		"echo testing\ngo test ./x":  {"test go in ci merge"},
	} {
		w := world{
			pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "make test"))),
			tasks:     []wiring.Task{{Runner: "make", Name: "test", Dir: ".", At: at("Makefile", 1), Commands: run(t, "Makefile", text)}},
			files:     []string{"Makefile", "vendored/x"},
		}
		check(t, w.graph(t), want...)
	}
}

// The name of a target says nothing where its recipe is seen to do something
// else: here it selects an environment.
func TestAKnownRecipeOutweighsItsName(t *testing.T) {
	selects := wiring.Command{Words: []string{"$(eval", "include", "config/test.sh)"}}
	w := world{
		pipelines: ci([]wiring.Trigger{onMain}, job("ship", run(t, ciFile, "make test apply"))),
		tasks: []wiring.Task{
			{Runner: "make", Name: "test", Dir: ".", Needs: []string{"login"}, Commands: []wiring.Command{selects}},
			{Runner: "make", Name: "login", Dir: ".", Commands: run(t, "Makefile", "az account set -s x\necho ready")},
			{Runner: "make", Name: "apply", Dir: ".", Commands: run(t, "Makefile", "terraform apply")},
		},
		files: []string{"main.tf"},
	}
	check(t, w.graph(t), "apply terraform in ship main")
	w.tasks[0].Commands = append(w.tasks[0].Commands, run(t, "Makefile", "./bin/suite --all")...)
	check(t, w.graph(t), "test make in ship main", "apply terraform in ship main tested")
}

// A service judges what it is sent, and only a job that waits for that fails.
func TestQualityGates(t *testing.T) {
	for text, want := range map[string]string{
		"dotnet sonarscanner begin\ndotnet sonarscanner end":                                "scan dotnet in x merge soft",
		"dotnet sonarscanner begin /d:sonar.qualitygate.wait=true\ndotnet sonarscanner end": "scan dotnet in x merge",
		"./gradlew sonar": "scan gradle in x merge soft",
		"./gradlew sonar -Dsonar.qualitygate.wait=true": "scan gradle in x merge",
		"sonar-scanner -Dsonar.qualitygate.wait=false":  "scan sonarqube in x merge soft",
	} {
		check(t, world{pipelines: ci([]wiring.Trigger{onMerge}, job("x", run(t, ciFile, text)))}.graph(t), want)
	}
}

func TestFunctionsOfSourcedScripts(t *testing.T) {
	library := wiring.Script{Path: "ci/lib.sh", Language: "bash"}
	for _, c := range run(t, "ci/lib.sh", "check() { go test ./...; }\ndeploy() { terraform apply; }") {
		c.Never, c.Function = "nothing calls it", map[string]string{"go": "check", "terraform": "deploy"}[c.Words[0]]
		library.Commands = append(library.Commands, c)
	}
	w := world{pipelines: ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "source ci/lib.sh\ncheck"))), scripts: []wiring.Script{library}}
	check(t, w.graph(t), "test go in ci merge")
	w.pipelines = ci([]wiring.Trigger{onMerge}, job("ci", run(t, ciFile, "./ci/lib.sh")))
	check(t, w.graph(t), "test go in ci dead merge", "apply terraform in ci dead merge")
}

func TestStepsAfterwardsAreNoChecks(t *testing.T) {
	tests := wiring.Step{Commands: run(t, ciFile, "go test ./...")}
	after := func(when wiring.Aftermath, text string) wiring.Job {
		return wiring.Job{ID: "ci", Steps: []wiring.Step{tests, {Aftermath: when, Commands: run(t, ciFile, text)}}}
	}
	for name, c := range map[string]struct {
		when wiring.Aftermath
		text string
		want []string
	}{
		"diagnosis":    {wiring.OnFailure, "go test -v ./...", nil},
		"clean-up":     {wiring.Always, "kitchen exec -c 'inspec exec x' || true", nil},
		"in a machine": {wiring.Always, "docker exec web pytest", nil},
		"another test": {wiring.Always, "npx jest", []string{"test jest in ci merge tested"}},
		"rollback":     {wiring.OnFailure, "helm rollback web", []string{"rollback helm in ci merge tested"}},
		"in its turn":  {"", "docker exec web pytest", []string{"test pytest in ci merge tested"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := world{pipelines: ci([]wiring.Trigger{onMerge}, after(c.when, c.text))}.graph(t)
			check(t, g, append([]string{"test go in ci merge"}, c.want...)...)
		})
	}
}

func TestWhereAFailureIsLost(t *testing.T) {
	written := at(ciFile, 9)
	trivy := &wiring.Use{Kind: wiring.Action, Ref: "aquasecurity/trivy-action@v1", Owner: "aquasecurity", Repo: "trivy-action", With: map[string]string{"exit-code": "0"}, Lines: map[string]int{"exit-code": 12}, At: at(ciFile, 10)}
	for name, c := range map[string]struct {
		step wiring.Step
		line int
		how  string
	}{
		"step":    {wiring.Step{Ignored: "continue-on-error", IgnoredAt: written, Commands: run(t, ciFile, "\n\ntrivy fs --exit-code 1 .")}, 9, "continue-on-error"},
		"command": {wiring.Step{Commands: run(t, ciFile, "\n\ntrivy fs --exit-code 1 . || true")}, 3, "|| true"},
		"option":  {wiring.Step{Commands: run(t, ciFile, "\n\ntrivy fs .")}, 3, "it never fails without --exit-code"},
		"input":   {wiring.Step{Uses: trivy}, 12, "exit-code is 0"},
	} {
		t.Run(name, func(t *testing.T) {
			g := world{pipelines: ci([]wiring.Trigger{onMerge}, wiring.Job{ID: "scan", Steps: []wiring.Step{c.step}})}.graph(t)
			if a := g.Of(wiring.Scan)[0]; a.Swallowed != c.how || a.SwallowedAt.Start.Line != c.line {
				t.Errorf("%q at %d", a.Swallowed, a.SwallowedAt.Start.Line)
			}
		})
	}
}

func TestWhatIsTriedOutOrWrittenForTheJobIsNoDeployment(t *testing.T) {
	play := run(t, ciFile, "ansible-playbook --connection=local render.yml")
	hosts := job("hosts", run(t, ciFile, "ansible-playbook -i hosts site.yml"))
	runner := job("runner", run(t, ciFile, "ansible-playbook -i hosts site.yml"))
	runner.Image = "ubuntu-24.04"
	keyed := job("keyed", play)
	keyed.Steps[0].Env = map[string]string{"TOKEN": "${{ secrets.TOKEN }}"}
	logged := job("logged", play)
	logged.Steps = append([]wiring.Step{{Uses: &wiring.Use{Kind: wiring.Action, Ref: "aws-actions/configure-aws-credentials@v4", Owner: "aws-actions", Repo: "configure-aws-credentials"}}}, logged.Steps...)
	g := world{pipelines: ci([]wiring.Trigger{onMerge}, job("render", play), hosts, runner, keyed, logged)}.graph(t)
	check(t, g, "apply ansible in hosts merge", "test ansible in runner merge", "apply ansible in keyed merge", "apply ansible in logged merge")

	launch := run(t, ciFile, "aws cloudformation deploy --stack-name x-$NUMBER --template-file t.yml")
	remove := job("delete", run(t, ciFile, "aws cloudformation delete-stack --stack-name $STACK"), "launch")
	g = world{pipelines: ci([]wiring.Trigger{onMain}, job("launch", launch), remove)}.graph(t)
	check(t, g, "test cloudformation in launch main", "teardown cloudformation in delete main tested")
	remove.Manual = true
	g = world{pipelines: ci([]wiring.Trigger{onMain}, job("launch", launch), remove)}.graph(t)
	check(t, g, "apply cloudformation in launch main", "teardown cloudformation in delete main gate")
}

func TestWhatBringsBackAfterAFailureIsARollback(t *testing.T) {
	back := job("shift", run(t, ciFile, `kubectl patch service web -p '{"weight": 100}'`))
	back.Steps[0].Aftermath = wiring.OnFailure
	undo := job("auto-rollback", run(t, ciFile, "kubectl apply -f before.yml"))
	undo.Steps[0].Aftermath = wiring.OnFailure
	always := job("traffic", run(t, ciFile, `kubectl patch service web -p '{"weight": 100}'`))
	g := world{pipelines: ci([]wiring.Trigger{onMain}, back, undo, always)}.graph(t)
	check(t, g, "rollback kubectl in shift main", "rollback kubectl in auto-rollback main", "apply kubectl in traffic main")
}

func TestAJobWithoutWhatItNeedsNeverRuns(t *testing.T) {
	off := job("off", nil)
	off.Never = "if: false"
	needs := func(id string, of ...string) wiring.Job {
		j := job(id, run(t, ciFile, "go test ./..."))
		j.Needs = of
		return j
	}
	asked := needs("asked", "off")
	asked.If = "always()"
	w := world{pipelines: ci([]wiring.Trigger{onMerge}, off, needs("starved", "off"), needs("lost", "gone"), needs("a", "b"), needs("b", "a"), needs("fed", "free"), needs("free"), asked), files: []string{"go.mod"}}
	var live []string
	for _, a := range w.graph(t).Acts() {
		if a.Live {
			live = append(live, a.Job.ID)
		}
	}
	if got := strings.Join(live, " "); got != "fed free asked" {
		t.Errorf("live are %q, want what is fed, free, or asks how the others ended", got)
	}
}
