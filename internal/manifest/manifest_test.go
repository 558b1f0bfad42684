package manifest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func file(path, text string) *detect.File { return detect.NewFile(path, []byte(text)) }

func TestObjectsOfTemplate(t *testing.T) {
	f := file("charts/web/templates/all.yaml", `{{- if .Values.on }}
apiVersion: {{ include "web.version" . }}
kind: Deployment
metadata:
  name: web
  labels: {{- include "labels" . | nindent 4 }}
{{- end }}
---
{{ template "others" . }}
---
apiVersion: v1
kind: Service
metadata: {name: web}
`)
	found, err := Objects.Of(f)
	if err != nil || len(found) != 2 || found[0].Subject() != "Deployment/web" || !found[1].Templated {
		t.Errorf("got %+v, %v", found, err)
	}
	for _, o := range found {
		if end := o.Span().End.Offset; end > len(f.Data) {
			t.Errorf("%s ends at byte %d of %d", o.Subject(), end, len(f.Data))
		}
	}
}

func TestUnreadableManifestIsAnError(t *testing.T) {
	if _, err := Objects.Of(file("a.yaml", "apiVersion: v1\nkind: [Service\n")); err == nil {
		t.Error("a manifest that does not parse has no error")
	}
	if found, err := Objects.Of(file("a.yaml", "title: [apiVersion and kind\n")); err != nil || found != nil {
		t.Errorf("another file that does not parse: %v, %v", found, err)
	}
}

// bomb is a document in which each list holds the one before it ten times.
func bomb() string {
	var b strings.Builder
	b.WriteString("apiVersion: v1\nkind: List\nl0: &l0 {image: x, password: y}\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "l%d: &l%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*l%d, ", i-1), 10), ", "))
	}
	return b.String() + "items: *l9\n"
}

func TestAliasesCannotMakeAWalkEndless(t *testing.T) {
	start := time.Now()
	f := file("bomb.yaml", bomb())
	_, _ = Objects.Of(f)
	docs, err := syntax.YAML.Of(f)
	if err != nil {
		return
	}
	for _, doc := range docs {
		Walk(doc, func(_, _, _ syntax.Node) {})
		Pairs(doc, func(_, _, _ syntax.Node) bool { return true })
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestHeldBy(t *testing.T) {
	for value, want := range map[string]Held{
		"": Nothing, "null": Nothing, "true": Nothing,
		"${DB_PASSWORD}": Reference, "{{ vault_password }}": Reference, "op://a/b/c": Reference, "~vault:team/db:password~": Reference, "$\\{externals.db}": Reference, "$(PASSWORD)": Reference, "$PASSWORD": Reference,
		"/run/secrets/db": Reference, "arn:aws:secretsmanager:eu-west-1:1:secret:a": Reference, "__PASSWORD__": Reference,
		"changeme": Placeholder, "<password>": Placeholder, "xxxxxxxx": Placeholder, "aaaa": Placeholder, "password": Placeholder, "your-password": Placeholder, "EnterPasswordHere": Placeholder,
		"0001020304050607080910": Placeholder, "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----": Placeholder,
		"ENC[AES256_GCM,data:x]": Encrypted, "$ANSIBLE_VAULT;1.1;AES256": Encrypted, "$2y$10$abc": Encrypted, "vault:v1:abc": Encrypted,
		"Tr0ub4dor3": Literal, "pa$$w0rd": Literal,
	} {
		if got := HeldBy("password", value); got != want {
			t.Errorf("HeldBy(%q) = %d, want %d", value, got, want)
		}
	}
}

func TestSecretName(t *testing.T) {
	for _, name := range []string{"password", "DB_PASSWORD", "clientSecret", "api-key", "GITHUB_TOKEN", "aws_secret_access_key"} {
		if !SecretName(name) {
			t.Errorf("%q is the name of a secret", name)
		}
	}
	for _, name := range []string{"existingSecret", "secretName", "passwordSecret", "tokenUrl", "imagePullSecret", "keyboard", "show_password", "automountServiceAccountToken", "checksum/secret", "passwordSecretKey", "OAUTH2_KEY"} {
		if SecretName(name) {
			t.Errorf("%q is no name of a secret", name)
		}
	}
}

func TestDependencies(t *testing.T) {
	for path, test := range map[string]struct{ text, want string }{
		"package.json":        {`{"dependencies": {"@a/b": "1"}, "devDependencies": {"c": "2"}, "scripts": {"d": "e"}}`, "@a/b c"},
		"go.mod":              {"module m\n\ngo 1.26\n\nrequire (\n\ta.dev/b v1.0.0\n\ta.dev/c v1.0.0 // indirect\n)\n", "a.dev/b"},
		"requirements.txt":    {"# no\nlocust==2.0\n-r other.txt\nopentelemetry-api>=1 # yes\n", "locust opentelemetry-api"},
		"pyproject.toml":      {"[project]\nname = \"x\"\ndependencies = [\n  \"a>=1\",\n  \"b\",\n]\n[tool.poetry.dependencies]\nc = \"^1\"\n[tool.black]\nline-length = 1\n", "c a b"},
		"Cargo.toml":          {"[package]\nname = \"x\"\n[dependencies]\ntracing = \"0.1\"\n", "tracing"},
		"pom.xml":             {"<project><groupId>x</groupId><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId></dependency></dependencies></project>", "g:a"},
		"app.csproj":          {`<Project><ItemGroup><PackageReference Include="A.B" Version="1" /></ItemGroup></Project>`, "A.B"},
		"build.gradle.kts":    {"plugins { id(\"p.q\") version \"1\" }\n// implementation(\"no:no:1\")\nimplementation(\"g:a:1\")\n", "p.q g:a"},
		"Gemfile":             {"gem 'a'\n# gem 'b'\n", "a"},
		"libs.versions.toml":  {"[libraries]\nx = { module = \"g:a\", version = \"1\" }\n", "g:a"},
		"requirements/in.txt": {"", ""},
	} {
		found, err := Dependencies.Of(file(path, test.text))
		var names []string
		for _, d := range found {
			names = append(names, d.Name)
		}
		if got := strings.Join(names, " "); got != test.want || err != nil {
			t.Errorf("%s: got %q, %v; want %q", path, got, err, test.want)
		}
	}
}

func TestReleases(t *testing.T) {
	for path, text := range map[string]string{
		"release.yaml":  "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x}\nspec: {chart: {spec: {chart: keda}}}\n",
		"app.yaml":      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\nspec: {sources: [{ref: v}, {chart: keda}]}\n",
		"helmfile.yaml": "releases: [{name: x, chart: kedacore/keda}]\n",
		"c/Chart.yaml":  "name: c\ndependencies: [{name: keda}]\n",
		"main.tf":       "resource \"helm_release\" \"x\" {\n  chart = \"keda\"\n}\n",
	} {
		found, err := Releases.Of(file(path, text))
		if err != nil || !slices.ContainsFunc(found, func(r Release) bool { return r.Chart == "keda" }) {
			t.Errorf("%s: got %+v, %v", path, found, err)
		}
	}
}

func TestBranchOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://raw.githubusercontent.com/acme/web/main/install.sh":            "main",
		"https://raw.githubusercontent.com/acme/web/refs/heads/master/a/b.json": "master",
		"https://github.com/acme/web/archive/develop.tar.gz":                    "develop",
		"https://gitlab.acme.dev/group/web/-/raw/main/install.sh":               "main",
		"https://raw.githubusercontent.com/acme/web/v1.2.0/install.sh":          "",
		"https://raw.githubusercontent.com/acme/web/main/{{.Kind}}.json":        "",
		"https://github.com/acme/web/blob/main/README.md":                       "",
		"see https://raw.githubusercontent.com/acme/web/main/install.sh":        "",
	} {
		if got := BranchOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
