package secrets

import (
	"bytes"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// scalars reports keepers that values of a YAML or JSON file point to, and
// values that are encrypted in place; each keeper once for the file.
func (k keeping) scalars() {
	wanted := k.wanted()
	vaulted := k.f.Contains("!vault")
	sops := k.f.Contains("sops")
	keyVaults := k.f.Contains("eyVault")
	if len(wanted) == 0 && !vaulted && !sops && !keyVaults {
		return
	}
	docs, _, err := manifest.Documents(k.f)
	if err != nil && len(docs) == 0 {
		return
	}
	for _, doc := range docs {
		if s := doc.Get("sops"); s.IsMap() && s.Get("mac").Exists() {
			k.report(k.f.Path, s.Span(), "sops")
		}
		if keyVaults {
			k.keyVaults(doc)
		}
		manifest.Walk(doc, func(_, _, value syntax.Node) {
			if value.Tag() == "!vault" || value.Tag() == "!vault-encrypted" {
				k.report(k.f.Path, value.Span(), "ansible-vault")
			}
			for _, m := range wanted {
				if strings.Contains(value.Text(), m.text) && !open(m, value.Text()) {
					k.report(k.f.Path, value.Span(), m.keeper)
				}
			}
		})
	}
}

// wanted are the markers that the file's text holds anywhere, so that most
// files need no walk.
func (k keeping) wanted() []marker {
	var found []marker
	for _, m := range markers {
		if k.f.Contains(m.text) && (m.keeper != "github-secrets" || strings.Contains(k.f.Path, ".github/")) {
			found = append(found, m)
		}
	}
	return found
}

// open says whether what a value names is no secret: the token that GitHub
// gives to every run, a parameter that AWS publishes.
func open(m marker, text string) bool {
	if m.keeper == "github-secrets" {
		return strings.Count(text, "secrets.") == strings.Count(text, "secrets.GITHUB_TOKEN")
	}
	return m.keeper == "aws-ssm" && strings.Contains(text, "/aws/service/")
}

// keyVaults reports the mappings by which charts and templates name vaults of
// Azure: "keyVaults" of a chart's values, "keyVault" of a parameter's
// reference.
func (k keeping) keyVaults(doc syntax.Node) {
	manifest.Pairs(doc, func(_, key, value syntax.Node) bool {
		if name := key.Text(); (name == "keyVaults" || name == "keyVault") && value.IsMap() {
			k.report(k.f.Path, key.Span(), "azure-key-vault")
		}
		return true
	})
}

// reference matches a line whose value is a reference to 1Password, in formats
// that are filled in by its command line.
var reference = regex.New(`^[^#/]*[=:]\s*["']?(\{\{-?\s*)?op://`)

// bicepVault matches the declaration of a vault in a Bicep file.
var bicepVault = regex.New(`^\s*resource\s+(\w+)\s+'Microsoft\.KeyVault/vaults`)

// text reports keepers by the lines of a file that is no data format, or is
// one behind a template engine: headers, attributes, references.
func (k keeping) text() {
	switch {
	case bytes.HasPrefix(k.f.Data, []byte("$ANSIBLE_VAULT;")):
		k.report(k.f.Path, k.f.Whole(), "ansible-vault")
	case path.Base(k.f.Path) == ".gitattributes":
		k.attributes()
	case path.Ext(k.f.Path) == ".bicep":
		k.lines(func(line string) string {
			if bicepVault.MatchString(line) {
				return "azure-key-vault"
			}
			return ""
		})
	default:
		k.references()
	}
}

func (k keeping) lines(keeper func(string) string) {
	n := 0
	for line := range bytes.Lines(k.f.Data) {
		n++
		if name := keeper(strings.TrimRight(string(line), "\r\n")); name != "" {
			k.report(k.f.Path, k.f.Line(n), name)
		}
	}
}

func (k keeping) references() {
	switch {
	case k.f.Contains("op://"):
		k.lines(func(line string) string {
			if reference.MatchString(line) {
				return "1password"
			}
			return ""
		})
	case strings.Contains(path.Base(k.f.Path), ".env"):
		k.lines(func(line string) string {
			switch {
			case strings.HasPrefix(line, "sops_mac="):
				return "sops"
			case strings.HasPrefix(line, "DOTENV_PUBLIC_KEY"):
				return "dotenvx"
			}
			return ""
		})
	}
}

// attributes reports filters of git that encrypt.
func (k keeping) attributes() {
	k.lines(func(line string) string {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			return ""
		}
		for _, word := range strings.Fields(line) {
			switch word {
			case "filter=git-crypt", "filter=transcrypt", "filter=crypt":
				return strings.TrimPrefix(word, "filter=")
			}
		}
		return ""
	})
}
