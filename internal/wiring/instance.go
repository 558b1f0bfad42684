package wiring

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// note notes what a command means for those that follow it in the same job.
func (in *instance) note(words []string) {
	text := strings.Join(words, " ")
	switch name := programName(words[0]); {
	case name == "git" && subcommand(words[1:], "clone") >= 0, name == "gh" && strings.Contains(text, "repo clone"):
		in.elsewhere = true
	case name == "git" && subcommand(words[1:], "commit") >= 0:
		in.committed = true
	case slices.ContainsFunc(words, writesFile):
		in.fetched = true
	case name == "curl" || name == "wget" || name == "tar" || name == "unzip" || name == "cp" || name == "mv" || name == "touch" || name == "tee" || name == "cat" || name == "echo" || name == "aws" || name == "gsutil" || name == "chmod":
		in.fetched = true
	case name == "kind" || name == "k3d" || name == "minikube" || name == "ctlptl" || name == "localstack" || name == "k3s" || name == "microk8s":
		in.local = true
	case name == "kustomize" && strings.Contains(text, "edit set image"):
		in.edited = true
	case (name == "yq" || name == "sed" || name == "perl" || name == "helm-docs" || name == "yaml-set") && editsState(words):
		in.edited = true
	}
}

// writesFile says whether a word of PowerShell puts what comes before it, or
// what is downloaded, into a file.
func writesFile(word string) bool {
	return slices.Contains([]string{"-outfile", "out-file", "set-content", "add-content", "new-item", "copy-item"}, strings.ToLower(word))
}

var (
	manifestName = regex.New(`\.ya?ml\b|\.hcl\b|\.tfvars\b|\.json\b`)
	imageSetting = regex.New(`(?i)image|tag\b|newTag|version`)
)

// editsState says whether an editor is told to change an image or a version in
// a file of settings.
func editsState(words []string) bool {
	inPlace := slices.ContainsFunc(words, func(w string) bool {
		return w == "w" || w == "-w" || w == "--inplace" || w == "--in-place" || strings.HasPrefix(w, "-i") || w == "write"
	})
	text := strings.Join(words[1:], " ")
	return inPlace && manifestName.MatchString(text) && imageSetting.MatchString(text)
}

// clusters are actions that start a cluster or a cloud for the job.
var clusters = regex.New(`(^|/)(kind-action|setup-kind|setup-minikube|actions-setup-minikube|k3d-action|setup-k3d-k3s|setup-k3d|setup-k3s|setup-microk8s|setup-localstack|localstack.*|microk8s-actions|kurtosis.*|action-kind|create-kind-cluster|k3s-action)$`)

// noteUse notes what a block means for what follows it in the same job.
func (in *instance) noteUse(u Use) {
	name := referenceName(u)
	switch {
	case clusters.MatchString(name):
		in.local = true
	case strings.HasSuffix(name, "actions/checkout") && u.With["repository"] != "" && !strings.Contains(u.With["repository"], "github.repository"):
		in.elsewhere = true
	case name == "actions/download-artifact" || name == "actions/cache" || strings.Contains(name, "download"):
		in.fetched = true
	case strings.Contains(name, "kustomize") && strings.Contains(u.With["args"], "set image"):
		in.edited = true
	}
}

// pushes says whether a command brings a change into desired state: a push
// after an image or a version was set, or into another repository.
func (in *instance) pushes(words []string) (Meaning, bool) {
	name := programName(words[0])
	text := strings.Join(words[1:], " ")
	switch {
	case name == "git" && hasAny(words, rehearsals):
	case name == "git" && subcommand(words[1:], "push") >= 0 && strings.Contains(text, "gh-pages"):
		return Meaning{Activity: Apply, Tool: "github-pages"}, true
	case name == "git" && subcommand(words[1:], "push") >= 0 && in.committed && (in.edited || in.elsewhere):
		return Meaning{Activity: Bump, Tool: "git-push"}, true
	case name == "gh" && strings.HasPrefix(text, "pr create") && (in.elsewhere || strings.Contains(text, "--repo") || strings.Contains(text, "-R ")):
		return Meaning{Activity: Bump, Tool: "github-cli"}, true
	case name == "gh" && strings.HasPrefix(text, "api") && strings.Contains(text, "/dispatches"):
		return Meaning{Activity: Bump, Tool: "repository-dispatch"}, true
	}
	return Meaning{}, false
}

// committers are actions that commit, or open a merge request with, what the
// job has changed.
var committers = []string{"git-auto-commit-action", "add-and-commit", "github-push-action", "create-pull-request"}

func (in *instance) pushesUse(u Use) (Meaning, bool) {
	name := path.Base(referenceName(u))
	if !slices.Contains(committers, name) || !in.elsewhere && (!in.edited || name == "create-pull-request") {
		return Meaning{}, false
	}
	return Meaning{Activity: Bump, Tool: name}, true
}
