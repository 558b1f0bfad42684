package secrets

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
)

//go:embed plain.md
var plainDoc string

// Plains sees secrets in plain text, where both the name and the value leave
// little doubt. Its values are a Plain each, without the secret itself, and its
// places point at names. Secret objects of Kubernetes and parameters of
// CloudFormation are seen by the detectors of those.
var Plains = &detect.Detector{
	ID: "secrets/plain", Doc: plainDoc, File: plains,
	Match: []string{
		"**/*.yaml", "**/*.yml", "**/*.json", "**/*.tf", "**/*.tfvars", "**/*.hcl", "**/.env", "**/.env.*", "**/*.env", "**/*.properties",
		"**/preseed*.cfg", "**/*.pem", "**/*.key", "**/*.p8", "**/*.private", "**/id_rsa", "**/id_dsa", "**/id_ecdsa", "**/id_ed25519",
	},
}

func plains(p *detect.Pass, f *detect.File) error {
	if !mentions(f) || p.Repo.Tree.Place(f.Path) == detect.Test && keyFile(f.Path) || exempt(f.Path) {
		return nil
	}
	s := search{p: p, f: f, seen: map[detect.Span]bool{}, users: map[string]bool{}, local: isLocalFile(f.Path), offered: offered(p.Repo.Tree, f.Path)}
	switch path.Ext(f.Path) {
	case ".tf", ".tfvars", ".hcl":
		s.hcl()
	case ".yaml", ".yml", ".json":
		s.data()
	case ".pem", ".key", ".p8", ".private":
		s.key()
	case ".cfg":
		s.preseed()
	default:
		if keyFile(f.Path) {
			s.key()
			return nil
		}
		s.assignments()
	}
	return nil
}

// parts are letters of the names of secrets, in the spellings that settings
// have.
var parts = []string{
	"assw", "ASSW", "assphrase", "ASSPHRASE", "pwd", "PWD", "ecret", "ECRET", "oken", "OKEN", "apikey", "Key", "KEY", "_key", "-key",
}

// mentions tells quickly whether a file can hold a secret at all: the name of
// one, or a URL with a user.
func mentions(f *detect.File) bool {
	return f.ContainsAny(parts...) || f.Contains("://") && f.Contains("@")
}

// exempt says whether a file holds examples, texts for people or the versions
// of packages: what is named like a secret there is none.
func exempt(p string) bool {
	base := strings.ToLower(path.Base(p))
	for _, ending := range []string{".example", ".sample", ".template", ".dist", ".tmpl", ".tpl", ".lock", ".snap", ".tftest."} {
		if strings.Contains(base, ending) {
			return true
		}
	}
	switch base {
	case "package-lock.json", "composer.lock", "package.json", "tsconfig.json", "swagger.json", "swagger.yaml", "openapi.json", "openapi.yaml", "openapi.yml", "mkdocs.yml":
		return true
	}
	return textsForPeople.MatchString(p)
}

var textsForPeople = regex.New(`(?i)(^|/)(locales?|i18n|l10n|lang|languages|translations?|messages|schemas?|crds?|openapi|swagger|mappings|wiremock)/`)

func keyFile(p string) bool {
	switch path.Ext(p) {
	case ".pem", ".key", ".p8", ".private":
		return true
	}
	return strings.HasPrefix(path.Base(p), "id_")
}

// search is the search for plain secrets in one file.
type search struct {
	p *detect.Pass
	f *detect.File
	// seen are the places reported: an anchor of YAML is met once for each alias.
	seen map[detect.Span]bool
	// users are the names of users that the file sets.
	users map[string]bool
	// local says that the file is for a developer's machine or for tests.
	local bool
	// offered says that the file holds the values of a chart that stand until
	// somebody gives other ones.
	offered bool
	// made says that the setting belongs to something that is made with it: no
	// word is known so well that it protects nothing there.
	made bool
}

// consider reports a setting if it can only be a secret in plain text. Local
// says that its file serves a developer's machine. The place is asked for only
// when there is something to report: on long lines it costs.
func (s search) consider(name, value string, at func() detect.Span, local bool) {
	kind := manifest.SecretKind(name)
	switch {
	case public(name):
	case kind != "" && manifest.HeldBy(name, value) == manifest.Literal && convincing(kind, value):
		s.report(name, kind, at(), !s.made && (!strong(value) && (local || s.offered || s.users[value]) || known(value)))
	case privateKey.MatchString(value):
		before, _, _ := strings.Cut(value, "-----BEGIN")
		if manifest.LooksSecret(value) && manifest.HeldBy("", before) != manifest.Placeholder {
			s.report(name, "private key", at(), false)
		}
	default:
		if what, near := embedded(value); what != "" {
			s.report(name, what, at(), local || near)
		}
	}
}

func (s search) report(name, what string, at detect.Span, local bool) {
	if s.seen[at] {
		return
	}
	s.seen[at] = true
	note := what + " in plain text"
	if local {
		note += ", of use on a developer's machine only"
	}
	s.p.Report(name, at, note, Plain{Name: name, What: what, Local: local})
}

// convincing says whether a literal value looks like what its name promises. A
// password may be any word that is no name of a secret kept elsewhere; secrets,
// tokens and keys are long and random.
func convincing(kind, value string) bool {
	if kind != "password" {
		return strong(value)
	}
	lower := strings.ToLower(value)
	named := func(ending string) bool { return strings.HasSuffix(lower, ending) }
	return len(value) >= 4 && !strings.ContainsAny(value, " \t\n") && !strings.Contains(value, "://") && !strings.HasPrefix(value, "/") &&
		!slices.ContainsFunc([]string{"password", "secret", "-creds", "credentials", "-pass", "_pass"}, named) &&
		lower != "string" && lower != "optional" && lower != "required" && !variable.MatchString(value)
}

// variable matches names of variables and of keys inside a secret:
// "DB_PASSWORD_API".
var variable = regex.New(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)

// strong says whether a value was made by a machine: nobody makes up such a
// one for a test.
func strong(value string) bool {
	return manifest.LooksSecret(value) || hexadecimal.MatchString(value) && strings.ContainsAny(value, "0123456789")
}

var (
	hexadecimal = regex.New(`^[0-9a-fA-F]{32,}$`)
	privateKey  = regex.New(`-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----`)
)

// embedded is the kind of the secret that a longer value carries, and whether
// it only opens what runs on a developer's machine, or opens for everybody, as a
// password does that is the name of its user. Nobody makes up a strong password
// for that.
func embedded(value string) (string, bool) {
	in := manifest.Embedded(value)
	return in.What, (isLocal(in.Host) || known(in.Secret) || in.Secret == in.User && in.User != "") && !strong(in.Secret)
}

// isLocal says whether a host is the machine itself, or a neighbour that only
// a name without dots reaches.
func isLocal(host string) bool {
	return host != "" && (host == "localhost" || host == "127.0.0.1" || !strings.Contains(host, "."))
}
