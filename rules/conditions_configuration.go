package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/provisioning"
	"github.com/waymark-dev/waymark/detectors/secrets"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/environment"
	"github.com/waymark-dev/waymark/internal/regex"
)

const versionedConfiguration = "configuration-in-version-control"

var (
	checkPlainSecret = &Check{
		ID: "secrets/plain-secret", Criterion: versionedConfiguration, Level: Error, Leaks: true,
		Title: "A secret stands in plain text",
		Why:   "Everybody who can read the repository, now or later, can use it; git keeps it after it is deleted.",
		Fix:   "Rotate the secret, take it from a secret store or an encrypted file, and remove it from the history if the repository is shared.",
	}
	checkSecretOutput = &Check{
		ID: "provisioning/secret-output", Criterion: versionedConfiguration, Level: Warning, Leaks: true,
		Title: "A template hands out a key as a plain output",
		Why:   "Outputs stay in the history of deployments, where everybody who may look at it reads the key.",
		Fix:   "Store the key in a key vault inside the template and output its name, or make the output secure.",
	}
	checkCopiedEnvironment = &Check{
		ID: "terraform/copied-environment", Criterion: versionedConfiguration, Level: Note,
		Title: "An environment is an edited copy of another one",
		Why:   "What is changed in one is forgotten in the other, and nobody can tell which differences are meant.",
		Fix:   "Write one module for all environments, and give each a file of values.",
	}
	checkConsoleSetting = &Check{
		ID: "docs/console-setting", Criterion: versionedConfiguration, Level: Note,
		Title: "A document sends the reader to a console to set something",
		Why:   "A setting made in a console is seen by nobody and differs between environments.",
		Fix:   "Set the value in code, or in an encrypted file of the environment, and say so in the document.",
	}
)

var environmentsAsData = All("a file of values for each environment",
	[]*detect.Detector{terraform.Environments, cloudformation.Environments, kubernetes.Environments, kubernetes.Helmfiles, provisioning.Projects},
	func(s *Scene) []Sign {
		var signs []Sign
		names := map[string]bool{}
		for _, f := range s.live(terraform.Environments, cloudformation.Environments, kubernetes.Environments, kubernetes.Helmfiles, provisioning.Projects) {
			for _, name := range environmentNames(f) {
				names[name] = true
				signs = append(signs, signOf(f, Good, Present).of("environments"))
			}
		}
		if len(names) == 1 {
			for i := range signs {
				signs[i].Mark, signs[i].Lesser = Weak, true
			}
		}
		return signs
	})

// environmentNames are the environments that a finding holds the values of; where
// each has a file of its own that does not name it, the file.
func environmentNames(f detect.Finding) []string {
	name := ""
	switch v := f.Value.(type) {
	case terraform.Environment:
		name = v.Name
	case cloudformation.Environment:
		name = v.Name
	case kubernetes.Environment:
		name = v.Name
	case kubernetes.Helmfile:
		if len(v.Environments) > 0 || !v.Valued {
			return v.Environments
		}
		name = f.At.Path
	case provisioning.Project:
		name = v.Environment
		if v.Tool == "ansible" && v.Kind == "inventory" && name == "" {
			name = f.At.Path
		}
	}
	if name == "" {
		return nil
	}
	return []string{name}
}

// settingsAsData: settings in git that are the same for every environment.
var settingsAsData = Lesser(All("settings in ConfigMaps, for one environment only", []*detect.Detector{kubernetes.Objects},
	func(s *Scene) []Sign {
		for _, f := range s.live(kubernetes.Objects) {
			if o, ok := f.Value.(kubernetes.Object); ok && o.Kind == "ConfigMap" && !o.Templated {
				return []Sign{signOf(f, Weak, Present).of("settings")}
			}
		}
		return nil
	}))

var keptSecrets = All("secrets from a secret store or an encrypted file", []*detect.Detector{secrets.Keepers},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(secrets.Keepers) {
			k, _ := f.Value.(secrets.Keeper)
			sign := signOf(f, Good, Present).of("secrets kept by " + k.Name)
			if k.Name == pipelineSecrets && strings.HasPrefix(f.At.Path, ".github/") {
				sign = sign.weak(nil, "").lesser() // what a workflow uses is not what runs
			}
			signs = append(signs, sign)
		}
		return signs
	})

// pipelineSecrets are the secrets of a CI vendor, which its pipelines use.
const pipelineSecrets = "github-secrets"

// shownToReaders says whether a file shows its reader what to write: it lies
// among documents or lessons, or is called an example.
func shownToReaders(p string) bool {
	parts := strings.Split(strings.ToLower(p), "/")
	home, base := parts[0], parts[len(parts)-1]
	lesson := func(folder string) bool { return folder == "tutorial" || folder == "tutorials" }
	return home == "docs" || home == "doc" || home == "documentation" || slices.ContainsFunc(parts, lesson) ||
		strings.HasPrefix(base, "example-") || strings.HasPrefix(base, "sample-")
}

var plainSecrets = All("secrets in plain text", []*detect.Detector{secrets.Plains, kubernetes.PlainSecrets},
	func(s *Scene) []Sign {
		var signs []Sign
		for _, f := range s.live(secrets.Plains) {
			if p, _ := f.Value.(secrets.Plain); !p.Local && !shownToReaders(f.At.Path) {
				signs = append(signs, signOf(f, Bad, None).of("secrets in "+f.At.Path).against(checkPlainSecret, fmt.Sprintf("%s holds a %s in plain text", holder(p), p.What)))
			}
		}
		for _, f := range s.live(kubernetes.PlainSecrets) {
			if k, _ := f.Value.(kubernetes.Secret); !k.Encrypted && !k.Placeholder && !shownToReaders(f.At.Path) {
				signs = append(signs, signOf(f, Bad, None).of("secrets in "+f.At.Path).against(checkPlainSecret, f.Subject+" holds its values in plain text (base64 is plain text)"))
			}
		}
		return signs
	})

// settingByHand is what a document has its reader do, by where it sends them.
var settingByHand = map[string]string{
	"console": "the document has the reader change something in a console",
	"machine": "the document has the reader log in to a machine and change it",
	"hand":    "the document has the reader do by hand what no file says",
}

var secretOutputs = Each("keys as plain outputs of templates", provisioning.SecretOutputs,
	func(_ *Scene, f detect.Finding, o provisioning.SecretOutput) (Sign, bool) {
		return signOf(f, Bad, None).of("secrets in "+f.At.Path).against(checkSecretOutput, o.Name+" hands out a key in plain text"), true
	})

// copiedEnvironments: roots in folders of environments, side by side, that
// declare nearly the same things by themselves. Thin roots that call one module
// of this repository are how it should be.
var copiedEnvironments = All("environments that are edited copies of each other", []*detect.Detector{terraform.Modules, terraform.Resources, terraform.ModuleCalls}, func(s *Scene) []Sign {
	declared := map[string][]string{}
	for _, f := range s.live(terraform.Resources, terraform.ModuleCalls) {
		switch v := f.Value.(type) {
		case terraform.Resource:
			if !v.Data && !v.Helper() {
				declared[v.Dir] = append(declared[v.Dir], v.Type+"."+v.Name)
			}
		case terraform.ModuleCall:
			if v.Kind != terraform.Local {
				declared[v.Dir] = append(declared[v.Dir], v.Name+" of "+v.Source)
			}
		}
	}
	var signs []Sign
	first := map[string]string{}
	for _, f := range s.live(terraform.Modules) {
		m, _ := f.Value.(terraform.Module)
		stem, ok := environmentOf(m.Dir)
		if !ok || !m.Root || m.Terragrunt || len(declared[m.Dir]) < minAlike {
			continue
		}
		if other, there := first[stem]; there && alike(declared[m.Dir], declared[other]) {
			signs = append(signs, signOf(f, Bad, None).of("copied environments").against(checkCopiedEnvironment, m.Dir+" declares what "+other+" declares"))
		} else if !there {
			first[stem] = m.Dir
		}
	}
	return signs
})

// minAlike is from how many things on a folder counts as a copy.
const minAlike = 3

// environmentOf is the folder of an environment with its name taken out.
func environmentOf(dir string) (string, bool) {
	parts := strings.Split(dir, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if name, ok := environment.In(parts[i]); ok {
			parts[i] = strings.TrimSuffix(strings.ToLower(parts[i]), name) + "*"
			return strings.Join(parts, "/"), true
		}
	}
	return "", false
}

// alike says whether four fifths of what two folders declare are the same.
func alike(a, b []string) bool {
	same := 0
	for _, name := range a {
		if slices.Contains(b, name) {
			same++
		}
	}
	return same*5 >= max(len(a), len(b))*4
}

var consoleSettings = Each("documents that send the reader to a console to set something", docs.Instructions,
	func(_ *Scene, f detect.Finding, i docs.Instruction) (Sign, bool) {
		note, ok := settingByHand[i.To]
		if !ok {
			return Sign{}, false
		}
		sign := signOf(f, Bad, None).of("environments").against(checkConsoleSetting, note+": "+quoted(i.Text))
		if i.Leads && strings.Contains(f.At.Path, "/") {
			sign.At = detect.Span{Path: f.At.Path} // what is set there, and for whom, is told by other sentences
		}
		if secretStore.MatchString(i.Text) {
			return sign.lesser(), true // a secret belongs there; what is missing is a way to renew it
		}
		return sign, true
	})

// secretStore matches the names of what keeps secrets, and is the place to set
// them where the code refers to it.
var secretStore = regex.New(`(?i)\b(?:secrets? manager|key ?vault|parameter store|hashicorp vault|vault ui|1password|bitwarden)\b`)

// holder is what holds a secret: a setting by its name, or a comment.
func holder(p secrets.Plain) string {
	if p.Name == "comment" {
		return "a comment"
	}
	return p.Name
}
