package provisioning

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed managed.md
var managedDoc string

// Hosts sees the manifests of managed hosts, which deploy the repository by
// themselves.
var Hosts = &detect.Detector{ID: "provisioning/managed-host", Doc: managedDoc, File: hosts, Match: hostPatterns}

var hostPatterns = []string{
	"**/netlify.toml", "**/vercel.json", "**/now.json", "**/fly.toml", "**/render.yaml", "**/app.yaml", "**/app.yml", "**/Procfile", "**/app.json", "**/heroku.yml",
	"**/manifest.yml", "**/manifest.yaml", "**/.do/app.yaml", "**/.do/deploy.template.yaml", "**/railway.toml", "**/railway.json", "**/wrangler.toml", "**/wrangler.json",
	"**/wrangler.jsonc", "**/firebase.json", "**/amplify.yml", "**/apprunner.yaml", "**/Dockerrun.aws.json", "**/.elasticbeanstalk/config.yml", "**/.ebextensions/*.config",
	"**/staticwebapp.config.json", "**/host.json", "**/.platform.app.yaml", "**/.upsun/config.yaml", "**/captain-definition", "**/koyeb.yaml", "**/scalingo.json", "**/appspec.yml", "**/appspec.yaml",
}

// A host is a managed host, and what its manifest must hold to be one.
type host struct {
	name string
	// has are keys of which the manifest has one, or for a form of its own a
	// pattern that its text matches.
	has  []string
	text *regex.Pattern
}

// byName are the hosts whose manifests nothing else is called like, with a
// table or a key that shows they are in use.
var byName = map[string]host{
	"netlify.toml":             {name: "netlify", text: tomlTable},
	"fly.toml":                 {name: "fly", text: tomlKey("app|primary_region|build|http_service|services")},
	"railway.toml":             {name: "railway", text: tomlTable},
	"wrangler.toml":            {name: "wrangler", text: tomlKey("name|main|pages_build_output_dir")},
	"Procfile":                 {name: "heroku", text: regex.New(`(?m)^[A-Za-z0-9_-]+:[ \t]*\S`)},
	"vercel.json":              {name: "vercel"},
	"now.json":                 {name: "vercel", has: []string{"version", "builds", "name", "routes"}},
	"railway.json":             {name: "railway", has: []string{"build", "deploy"}},
	"wrangler.json":            {name: "wrangler", has: []string{"name", "main"}},
	"wrangler.jsonc":           {name: "wrangler", has: []string{"name", "main"}},
	"render.yaml":              {name: "render", has: []string{"services", "databases", "envVarGroups"}},
	"app.json":                 {name: "heroku", has: []string{"formation", "buildpacks", "addons", "environments", "healthchecks", "cron", "stack", "success_url"}},
	"heroku.yml":               {name: "heroku", has: []string{"build", "run", "setup", "release"}},
	"manifest.yml":             {name: "cloud-foundry", has: []string{"applications"}},
	"manifest.yaml":            {name: "cloud-foundry", has: []string{"applications"}},
	"deploy.template.yaml":     {name: "digitalocean", has: []string{"spec"}},
	"firebase.json":            {name: "firebase", has: []string{"hosting", "functions", "firestore", "database", "storage", "apphosting"}},
	"amplify.yml":              {name: "amplify", has: []string{"frontend", "backend", "applications"}},
	"apprunner.yaml":           {name: "apprunner", has: []string{"runtime"}},
	"Dockerrun.aws.json":       {name: "elastic-beanstalk", has: []string{"AWSEBDockerrunVersion"}},
	"staticwebapp.config.json": {name: "azure-static-web-apps"},
	"host.json":                {name: "azure-functions", has: []string{"extensionBundle", "extensions", "functionTimeout"}},
	".platform.app.yaml":       {name: "upsun", has: []string{"type", "name"}},
	"captain-definition":       {name: "caprover", has: []string{"schemaVersion"}},
	"koyeb.yaml":               {name: "koyeb", has: []string{"name", "services"}},
	"scalingo.json":            {name: "scalingo"},
	"appspec.yml":              {name: "codedeploy", has: []string{"hooks", "files", "Resources"}},
	"appspec.yaml":             {name: "codedeploy", has: []string{"hooks", "files", "Resources"}},
}

var tomlTable = regex.New(`(?m)^\s*\[\[?[A-Za-z]`)

// tomlKey matches a key or a table of TOML of one of the names.
func tomlKey(names string) *regex.Pattern {
	return regex.New(`(?m)^\s*(\[\[?)?(` + names + `)\b\s*[]=.]`)
}

func hosts(p *detect.Pass, f *detect.File) error {
	name, err := hostOf(f)
	if name == "" {
		return err
	}
	dir := path.Dir(f.Path)
	if settings := path.Base(dir); settings == ".do" || settings == ".elasticbeanstalk" || settings == ".ebextensions" || settings == ".upsun" {
		dir = path.Dir(dir)
	}
	subject := name
	if dir != "." {
		subject = dir + " " + name
	}
	p.Report(subject, f.Whole(), "hosted by "+name, Host{Name: name, Dir: dir})
	return nil
}

// hostOf is the name of the host whose manifest a file is; empty where it is
// none.
func hostOf(f *detect.File) (string, error) {
	base := path.Base(f.Path)
	h, known := byName[base]
	switch path.Base(path.Dir(f.Path)) {
	case ".ebextensions", ".elasticbeanstalk":
		return "elastic-beanstalk", nil
	case ".upsun":
		h, known = host{name: "upsun", has: []string{"applications"}}, true
	case ".do":
		h, known = host{name: "digitalocean", has: []string{"services", "static_sites", "jobs", "workers", "functions", "spec"}}, true
	default:
		if base == "app.yaml" || base == "app.yml" {
			return appEngine(f)
		}
		if isCopilot(f.Path) {
			h = host{name: "copilot", has: []string{"type"}}
		}
	}
	if !known || h.text != nil {
		if h.text != nil && h.text.Match(uncommented(f.Data)) {
			return h.name, nil
		}
		return "", nil
	}
	return h.inData(f)
}

func isCopilot(p string) bool {
	return path.Base(path.Dir(path.Dir(p))) == "copilot"
}

// inData says whether the manifest holds what it must.
func (h host) inData(f *detect.File) (string, error) {
	docs, err := syntax.Data(f)
	if err != nil {
		return "", err
	}
	for _, doc := range docs {
		if doc.IsMap() && (len(h.has) == 0 || slices.ContainsFunc(h.has, func(key string) bool { return doc.Get(key).Exists() })) {
			return h.name, nil
		}
	}
	return "", nil
}

// appEngine tells the manifest of App Engine from the many other files of its
// name: it names a runtime, and is no object of Kubernetes.
// Source: https://cloud.google.com/appengine/docs/standard/reference/app-yaml
func appEngine(f *detect.File) (string, error) {
	docs, err := syntax.YAML.Of(f)
	if err != nil {
		return "", nil
	}
	for _, doc := range docs {
		if runtime := doc.Get("runtime"); runtime.IsScalar() && runtime.Text() != "" && !doc.Get("kind").Exists() && !strings.Contains(runtime.Text(), " ") {
			return "app-engine", nil
		}
	}
	return "", nil
}
