package tasks

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// builders are programs that a start script may run which show or build, and
// serve nothing.
var builders = regex.New(`^(?:tsc|tsdx|rollup|microbundle|docusaurus|vuepress|vitepress|start-storybook|storybook|styleguidist|slidev|mkdocs|retype|antora|tsup|esbuild|echo)\b`)

// npmManifest reads package.json. Publishing is the default of npm, so what
// npm init writes (a name, a version, main, repository) says nothing.
// Source: https://docs.npmjs.com/cli/configuring-npm/package-json
func npmManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	doc, err := syntax.JSON.Of(f)
	if err != nil || !doc.IsMap() {
		return false, err
	}
	m.Ecosystem, m.Name = "npm", doc.Get("name").Text()
	workspaces := doc.Get("workspaces")
	if workspaces.IsMap() {
		workspaces = workspaces.Get("packages")
	}
	m.Workspaces = members(tree, m.Dir, "package.json", workspaces.Texts())
	offered := slices.ContainsFunc([]string{"files", "publishConfig", "types", "typings", "module", "bin"}, func(key string) bool { return doc.Get(key).Exists() })
	offered = offered || built(doc.Get("exports"))
	private := doc.Get("private").True()
	for _, name := range []string{"start", "start:prod", "serve", "dev", "develop"} {
		script := doc.Get("scripts", name).Text()
		// What a library starts for its developers is a demonstration of it.
		if script != "" && !builders.MatchString(lastCommand(script)) && (private || !offered) && len(m.Workspaces) == 0 {
			m.Starts = true
		}
	}
	named := m.Name != "" && doc.Get("version").Exists()
	m.Publishes = !private && named && (offered || firstOf(doc.Get("scripts"), "prepublishOnly", "prepublish", "release").Exists())
	return true, nil
}

// built says whether exports name a file that is made: those that name sources
// of TypeScript alone are for the other packages of a workspace.
func built(exports syntax.Node) bool {
	if !exports.IsMap() {
		name := exports.Text()
		return name != "" && (strings.HasSuffix(name, ".d.ts") || !strings.HasSuffix(name, ".ts") && !strings.HasSuffix(name, ".tsx"))
	}
	for _, value := range exports.Pairs() {
		if built(value) {
			return true
		}
	}
	return false
}

// lastCommand is the last of the commands that a script joins.
func lastCommand(script string) string {
	for _, joint := range []string{"&&", ";"} {
		if i := strings.LastIndex(script, joint); i >= 0 {
			script = script[i+len(joint):]
		}
	}
	return strings.TrimPrefix(strings.TrimSpace(script), "npx ")
}

// composerManifest reads composer.json.
// Source: https://getcomposer.org/doc/04-schema.md
func composerManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	doc, err := syntax.JSON.Of(f)
	if err != nil || !doc.IsMap() {
		return false, err
	}
	m.Ecosystem, m.Name = "composer", doc.Get("name").Text()
	kind := doc.Get("type").Text()
	m.Starts = m.has("laravel/framework", "symfony/framework-bundle", "symfony/runtime", "slim/slim", "laravel/lumen-framework", "cakephp/cakephp", "drupal/core-recommended") &&
		kind != "library" && beside(tree, m.Dir, "artisan", "bin/console", "public/index.php", "index.php", "web/index.php")
	m.Publishes = m.Name != "" && slices.Contains([]string{"library", "wordpress-plugin", "symfony-bundle", "composer-plugin", "drupal-module", "metapackage"}, kind)
	return true, nil
}

// gemfileManifest: an application is what a rack server can start.
func gemfileManifest(tree *detect.Tree, _ *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "bundler"
	m.Starts = m.has("rails", "sinatra", "rack", "puma", "hanami", "roda", "grape") && beside(tree, m.Dir, "config.ru")
	return true, nil
}

var gemName = regex.New(`(?m)^\s*\w+\.name\s*=\s*["']([\w.-]+)["']`)

func gemspecManifest(_ *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem, m.Publishes = "bundler", true
	if name := gemName.FindSubmatch(f.Data); name != nil {
		m.Name = string(name[1])
	}
	return true, nil
}

// pythonServers are packages that serve or run an application.
var pythonServers = []string{
	"flask", "Flask", "django", "Django", "fastapi", "uvicorn", "gunicorn", "starlette", "aiohttp", "tornado", "sanic", "quart", "litestar", "streamlit", "celery", "waitress", "hypercorn", "falcon", "bottle",
	"dash", "gradio", "chalice", "connexion", "aiogram", "discord.py", "python-telegram-bot",
}

// pythonEntries are files that such an application starts from.
var pythonEntries = []string{"manage.py", "app.py", "wsgi.py", "asgi.py", "main.py", "server.py", "run.py", "application.py", "__main__.py", "bot.py"}

func startsPython(tree *detect.Tree, m *Manifest) bool {
	_, managed := tree.File(path.Join(m.Dir, "manage.py"))
	return managed || m.has(pythonServers...) && beside(tree, m.Dir, pythonEntries...)
}

func pythonManifest(tree *detect.Tree, _ *detect.File, m *Manifest) (bool, error) {
	m.Ecosystem = "pip"
	m.Starts = startsPython(tree, m)
	return true, nil
}

// pyprojectManifest reads pyproject.toml, which may hold nothing but settings
// of tools. What a registry shows of a package tells that it is meant for one.
// Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/
func pyprojectManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	doc, err := syntax.TOML.Of(f)
	project := doc.Get("project")
	if !project.IsMap() {
		project = doc.Get("tool", "poetry")
		for name := range project.Get("dependencies").Pairs() {
			m.Dependencies = append(m.Dependencies, name.Text())
		}
	}
	if err != nil || !project.IsMap() {
		return false, err
	}
	m.Ecosystem, m.Name = "pip", project.Get("name").Text()
	m.Starts = startsPython(tree, m)
	m.Workspaces = members(tree, m.Dir, "pyproject.toml", doc.Get("tool", "uv", "workspace", "members").Texts())
	shown := slices.ContainsFunc([]string{"classifiers", "urls", "repository", "homepage"}, func(key string) bool { return project.Get(key).Exists() })
	private := slices.ContainsFunc(project.Get("classifiers").Texts(), func(c string) bool { return strings.HasPrefix(c, "Private ::") })
	m.Publishes = doc.Get("build-system").IsMap() && m.Name != "" && shown && !private && !m.Starts
	return true, nil
}

var (
	setupCall = regex.New(`(?m)^\s*(?:setuptools\.)?setup\(`)
	setupName = regex.New(`(?m)^\s*name\s*=\s*["']([\w.-]+)["']`)
	setupShow = regex.New(`(?m)^\s*(?:url|classifiers|project_urls)\s*=`)
)

// setupManifest reads setup.py as far as its arguments stand one to a line.
func setupManifest(tree *detect.Tree, f *detect.File, m *Manifest) (bool, error) {
	if !setupCall.Match(f.Data) {
		return false, nil
	}
	m.Ecosystem = "pip"
	m.Starts = startsPython(tree, m)
	if name := setupName.FindSubmatch(f.Data); name != nil {
		m.Name = string(name[1])
	}
	m.Publishes = m.Name != "" && setupShow.Match(f.Data) && !m.Starts
	return true, nil
}
