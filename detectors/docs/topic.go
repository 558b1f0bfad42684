package docs

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// deployHeading is how a heading announces deployment.
var deployHeading = regex.New(`(?i)\b(?:deploy(?:s|ing|ment|ments)?|releas(?:e|es|ing)|publish(?:ing)?|roll(?:ing)? ?out|provision(?:ing)?|apply(?:ing)?|launch(?:ing)?|bootstrap(?:ping)?|ci/cd|continuous (?:delivery|deployment)|promot(?:e|ing|ion))\b`)

// headingTopics are the topics that the words of a heading announce.
var headingTopics = []struct {
	name    TopicName
	pattern *regex.Pattern
}{
	{Test, regex.New(`(?i)\b(?:tests?|testing|validat(?:e|ing|ion)|quality checks?)\b`)},
	{Deploy, deployHeading},
	{Setup, regex.New(`(?i)\b(?:install(?:s|ing|ation)?|set[- ]?up|setting up|getting started|get started|prerequisites?|pre-requisites?|requirements|dependencies|quick ?starts?|bootstrap(?:ping)?|(?:local )?development|developing|build(?:ing)?|compil(?:e|ing)|initiali[sz](?:e|ing|ation)|configur(?:e|ing|ation))\b`)},
	{Run, regex.New(`(?i)\b(?:run(?:ning)?|start(?:ing)?(?: (?:the|it))|serv(?:e|ing)|local(?:ly)? (?:run|development|environment)|locally|launch(?:ing)?|execut(?:e|ing))\b`)},
	{Usage, regex.New(`(?i)\b(?:usage|us(?:e|ing)|how (?:to|it works|does|is this used)|examples?|commands?|inputs|api|tutorial|guide|docs|documentation|working with)\b`)},
	{Contact, regex.New(`(?i)\b(?:contacts?|support|help|maintainers?|team|community|questions|owners?|getting in touch|active maintainers)\b`)},
}

// linkTopics are the topics that a link to another document leads to, by its
// text, or by the name of its target where that is no page of others: how a tool
// is installed says nothing about the repository.
var linkTopics = []struct {
	name    TopicName
	pattern *regex.Pattern
}{
	{Setup, regex.New(`(?i)^(?:.{0,30}\b)?(?:install(?:ation|ing)?|set[- ]?up|getting[- _]started|quick[- _]?start|developers?|development|developer guide|local[- _]development)(?: (?:guide|instructions|docs?|documentation|page|steps))?$`)},
	{Test, regex.New(`(?i)^(?:running |how to )?test(?:s|ing)?(?: (?:guide|instructions|docs?|documentation))?$`)},
	{Deploy, regex.New(`(?i)^(?:how to )?(?:deploy(?:ment|ing)?|releas(?:e|ing)|applying[- _]\w+)(?: (?:guide|instructions|docs?|documentation|process))?$`)},
}

// commandTopics are the topics that a command answers, by its first words or
// by the task that it names.
var commandTopics = []struct {
	name    TopicName
	pattern *regex.Pattern
}{
	{Test, regex.New(`^(?:pytest|tox|nox|jest|vitest|phpunit|rspec|ctest|terratest|conftest|molecule|bats|kitchen|npx (?:jest|vitest|playwright|cypress)|(?:\S*/)?(?:mvnw|mvn) (?:\S+ )*(?:test|verify)|(?:python3? -m|uv run|poetry run|bundle exec|hatch run|pipenv run) (?:pytest|unittest|rspec|tox)|(?:go|cargo|dotnet|swift|mix|sbt|bazel|terraform|tofu|helm|flutter|deno|bun|zig|up|opa|atmos) (?:\S+ )?tests?|pre-commit run|(?:terraform|tofu|terragrunt) validate|python3? manage\.py test)\b`)},
	{Deploy, regex.New(`^(?:(?:terraform|tofu|terragrunt|kubectl|oc|helmfile|atmos terraform) (?:\S+ ){0,3}apply|(?:helm|\S*/helm) (?:upgrade|install)|flux bootstrap|argocd app|(?:cdk|sam|serverless|sls|gcloud|fly|flyctl|vercel|netlify|firebase|wrangler|rain|copilot|eb|az|kamal|dokku|mvn|skaffold|devspace|werf) (?:\S+ ){0,4}(?:deploy|up|rollout|run)\b|pulumi up|(?:ansible-playbook)|aws cloudformation (?:deploy|create-stack|update-stack|package)|aws s3 sync|docker push|npm publish|cargo publish|twine upload|goreleaser|git push (?:heroku|dokku)|idpbuilder create|kubectl (?:rollout|set image)|nomad job run|eksctl create|packer build|docker stack deploy)`)},
	{Run, regex.New(`^(?:docker(?:-| )compose (?:\S+ ){0,3}up|docker run|podman run|npm start|(?:yarn|pnpm|bun) (?:start|dev|serve)|go run|cargo run|dotnet run|flask run|uvicorn|gunicorn|rails (?:s|server)|bin/(?:rails|dev)|(?:python3?|node|ruby|java) (?:-jar )?\S+|php artisan serve|vagrant up|tilt up|skaffold dev|devspace dev|\./gradlew (?:\S+ )*(?:bootRun|run)|mvn spring-boot:run|streamlit run|mix phx\.server|hugo serve?r?|mkdocs serve|bundle exec (?:jekyll|middleman|rails))`)},
	{Setup, regex.New(`^(?:npm (?:ci|i|install)|yarn(?: install)?$|pnpm (?:i|install)|bun install|pip3? install|pipx install|poetry install|uv (?:sync|pip|venv)|bundle install|composer install|go (?:mod download|install|get)|cargo build|dotnet (?:restore|build)|brew |apt(?:-get)? install|mise install|asdf install|nix(?:-shell| develop)|git clone|terraform init|tofu init|terragrunt init|pre-commit install|python3? -m venv|virtualenv|(?:\S*/)?(?:gradlew|gradle) (?:\S+ )*(?:build|assemble)|mvn (?:\S+ )*(?:install|package)|conda env|helm (?:repo add|dependency)|kind create|k3d cluster|minikube start|npx create|cookiecutter|copier copy|bin/setup|scripts?/(?:setup|bootstrap)|direnv allow)`)},
}

// taskTopics are the topics of tasks, by parts of their names.
var taskTopics = []struct {
	name  TopicName
	parts []string
}{
	{Test, []string{"test", "check", "verify", "validate", "spec", "e2e", "ci"}},
	{Deploy, []string{"deploy", "release", "publish", "apply", "provision", "rollout", "promote", "push"}},
	{Run, []string{"run", "start", "serve", "up", "dev", "watch", "server"}},
	{Setup, []string{"setup", "install", "bootstrap", "init", "deps", "build", "devenv", "virtualenv", "venv", "prepare"}},
}

// topicsOf are the first questions that a README answers, each where it is
// first answered.
func topicsOf(page *syntax.Page, cs []typed) []Topic {
	var found []Topic
	add := func(name TopicName, at detect.Span) {
		if !slices.ContainsFunc(found, func(t Topic) bool { return t.Name == name }) {
			found = append(found, Topic{Name: name, At: at})
		}
	}
	if at, ok := introduced(page); ok {
		add(What, at)
	}
	for i, h := range page.Headings {
		if i == 0 && h.Level == 1 {
			continue // the title names the repository
		}
		for _, topic := range headingTopics {
			if topic.pattern.MatchString(h.Text) && says(page, i) {
				add(topic.name, h.At)
			}
		}
	}
	for _, l := range page.Links {
		for _, topic := range linkTopics {
			named := !scheme.MatchString(l.Target) && topic.pattern.MatchString(strings.ToLower(stemOf(l.Target)))
			if named || topic.pattern.MatchString(l.Text) {
				add(topic.name, l.At)
			}
		}
	}
	for _, c := range cs {
		for _, name := range topicsOfCommand(c) {
			add(name, c.at)
		}
	}
	return found
}

// minSentence is how many words tell what a thing is.
const minSentence = 4

// introduced finds the paragraph that says what the repository is: the first
// one of some words, above which there is at most the second heading.
func introduced(page *syntax.Page) (detect.Span, bool) {
	limit := 80
	if len(page.Headings) > 3 {
		limit = max(limit, page.Headings[3].At.Start.Line)
	}
	for _, t := range page.Prose {
		if t.At.Start.Line > limit {
			break
		}
		if len(strings.Fields(t.Text)) >= minSentence && !strings.HasPrefix(t.Text, "http") {
			return t.At, true
		}
	}
	return detect.Span{}, false
}

// says whether there is text, code or a link below a heading, before the next
// one of the same or a higher level.
func says(page *syntax.Page, i int) bool {
	from, to := page.Headings[i].At.End.Offset, int(^uint(0)>>1)
	for _, h := range page.Headings[i+1:] {
		if h.Level <= page.Headings[i].Level {
			to = h.At.Start.Offset
			break
		}
	}
	inside := func(at detect.Span) bool { return from <= at.Start.Offset && at.Start.Offset < to }
	return slices.ContainsFunc(page.Prose, func(t syntax.Text) bool { return inside(t.At) }) ||
		slices.ContainsFunc(page.Fences, func(f syntax.Fence) bool { return inside(f.At) })
}

// topicsOfCommand are the topics that a command answers.
func topicsOfCommand(c typed) []TopicName {
	var found []TopicName
	if call, ok := taskCall(c); ok {
		for _, topic := range taskTopics {
			if slices.ContainsFunc(partsOf(call.Name), func(part string) bool { return slices.Contains(topic.parts, part) }) {
				found = append(found, topic.name)
			}
		}
	}
	text := c.text()
	for _, topic := range commandTopics {
		if topic.pattern.MatchString(text) {
			found = append(found, topic.name)
		}
	}
	return found
}

// partsOf splits the name of a task at what joins its parts.
func partsOf(name string) []string {
	stem := strings.TrimSuffix(strings.ToLower(name), ".sh")
	return strings.FieldsFunc(stem, func(r rune) bool { return strings.ContainsRune(":-_./", r) })
}
