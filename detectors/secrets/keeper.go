package secrets

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

//go:embed keeper.md
var keeperDoc string

// Keepers sees ways to keep secrets out of plain text: what encrypts them and
// what fetches them from elsewhere. Its values are a Keeper each.
var Keepers = &detect.Detector{
	ID: "secrets/keeper", Doc: keeperDoc, File: keepers,
	Match: append([]string{
		"**/*.yaml", "**/*.yml", "**/*.json", "**/*.tf", "**/*.hcl", "**/*.bicep", "**/.gitattributes", "**/.env", "**/.env.*", "**/*.env",
		"**/*.tmpl", "**/*.tpl", "**/*.j2", "**/*.age", "**/*.enc", "**/*.eyaml", "**/*.private", "**/*.key", "**/*.pem",
		"**/group_vars/**", "**/host_vars/**", "**/*vault*",
	}, manifest.CDKFiles...),
}

func keepers(p *detect.Pass, f *detect.File) error {
	k := keeping{p: p, f: f, seen: map[string]bool{}}
	switch path.Ext(f.Path) {
	case ".tf", ".hcl":
		k.terraform()
		k.releases()
	case ".ts", ".py":
		k.imports()
	case ".yaml", ".yml", ".json", ".template":
		k.byName()
		k.objects()
		k.releases()
		k.cloudFormation()
		k.scalars()
	default:
		k.byName()
	}
	k.text()
	return nil
}

// keeping is the search for keepers in one file. What a file cannot be read
// as is no keeper's: other detectors report the file.
type keeping struct {
	p    *detect.Pass
	f    *detect.File
	seen map[string]bool
}

// report reports a keeper once for each subject of the file.
func (k keeping) report(subject string, at detect.Span, name string) {
	if !k.seen[name+subject] {
		k.seen[name+subject] = true
		k.p.Report(subject, at, name, Keeper{Name: name})
	}
}

// byName reports files that only a keeper's tool has.
func (k keeping) byName() {
	base := path.Base(k.f.Path)
	switch {
	case base == ".sops.yaml" || base == ".sops.yml":
		k.report(k.f.Path, k.f.Whole(), "sops")
	case base == "doppler.yaml" || base == ".doppler.yaml":
		k.report(k.f.Path, k.f.Whole(), "doppler")
	case base == ".infisical.json":
		k.report(k.f.Path, k.f.Whole(), "infisical")
	case strings.HasSuffix(base, ".eyaml"):
		k.report(k.f.Path, k.f.Whole(), "hiera-eyaml")
	case strings.HasSuffix(base, ".age") && strings.HasPrefix(string(k.f.Data), "age-encryption.org/"):
		k.report(k.f.Path, k.f.Whole(), "age")
	case base == "credentials.yml.enc" || path.Base(path.Dir(k.f.Path)) == "credentials" && strings.HasSuffix(base, ".yml.enc"):
		k.report(k.f.Path, k.f.Whole(), "rails-credentials")
	}
}

// objects reports Kubernetes objects that stand for secrets, and pods that a
// vault's agent serves.
func (k keeping) objects() {
	found, err := manifest.Objects.Of(k.f)
	if err != nil && len(found) == 0 {
		return
	}
	for _, o := range found {
		if name := keeperOfObject(o); name != "" {
			k.report(o.Subject(), o.Span(), name)
		}
	}
}

// releases reports charts that bring a keeper into a cluster.
func (k keeping) releases() {
	found, err := manifest.Releases.Of(k.f)
	if err != nil {
		return
	}
	for _, r := range found {
		if name := keeperCharts[r.Chart]; name != "" {
			k.report("chart/"+r.Chart, r.At, name)
		}
	}
}

func keeperOfObject(o manifest.Object) string {
	switch {
	case o.Kind == "SecretProviderClass":
		return providers[o.Spec("provider").Text()]
	case o.Type() == "Kustomization.kustomize.toolkit.fluxcd.io" && o.Spec("decryption", "provider").Text() == "sops", o.Get("sops", "mac").Exists():
		return "sops"
	case o.Spec("template", "metadata", "annotations", "vault.hashicorp.com/agent-inject").True():
		return "vault"
	}
	return keeperKinds[o.Type()]
}

func (k keeping) cloudFormation() {
	found, err := manifest.CloudFormation.Of(k.f)
	if err != nil {
		return
	}
	for _, r := range found {
		if name := keeperResources[r.Type]; name != "" {
			k.report(r.ID, r.At(), name)
		}
	}
}

// imports reports what a stack of the AWS CDK takes secrets from.
func (k keeping) imports() {
	found, err := manifest.CDKImports.Of(k.f)
	if err != nil {
		return
	}
	for _, i := range found {
		switch i.Module {
		case "aws-secretsmanager":
			k.report(k.f.Path, i.At, "aws-secrets-manager")
		case "aws-ssm":
			k.report(k.f.Path, i.At, "aws-ssm")
		}
	}
}
