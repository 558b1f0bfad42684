package cloudformation

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed app.md
var appDoc string

// Apps sees applications of the AWS Cloud Development Kit, by their cdk.json.
var Apps = &detect.Detector{ID: "cloudformation/cdk-app", Doc: appDoc, Match: []string{"**/cdk.json"}, File: apps}

func apps(p *detect.Pass, f *detect.File) error {
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return err
	}
	key, command := doc.Pair("app")
	if command.Text() == "" {
		return nil
	}
	app := App{Dir: path.Dir(f.Path), Command: command.Text(), Language: languageOf(command.Text())}
	if app.Entry = entryOf(p.Repo.Tree, app); app.Entry == "" {
		return nil
	}
	p.Report(f.Path, key.Span(), "CDK application in "+app.Language, app)
	return nil
}

// starters are the words of commands that tell the language of an application.
var starters = []struct{ word, language string }{
	{"ts-node", "typescript"}, {"tsx", "typescript"}, {".ts", "typescript"}, {"python", "python"}, {".py", "python"}, {"mvn", "java"}, {"gradle", "java"}, {".jar", "java"},
	{"dotnet", "csharp"}, {"go ", "go"}, {"node", "javascript"}, {".js", "javascript"},
}

// builds are the files that say what a command of a build tool starts.
var builds = map[string][]string{
	"java": {"pom.xml", "build.gradle", "build.gradle.kts"}, "go": {"go.mod"}, "csharp": {"src"}, "typescript": {"package.json"}, "javascript": {"package.json"},
}

// entryOf is what the command of an application starts: a word of it that is
// here, or the build of a language that needs no other word. Compiled files
// stand for the source of the same name.
func entryOf(t *detect.Tree, a App) string {
	for _, word := range strings.Fields(a.Command) {
		word = strings.Trim(word, `"';`)
		for _, name := range []string{word, strings.TrimSuffix(word, ".js") + ".ts", word + ".ts", word + ".js"} {
			if p := path.Join(a.Dir, name); word != "." && path.Clean(word) != "." && strings.ContainsAny(name, "./") && t.Has(p) {
				return p
			}
		}
	}
	for _, name := range builds[a.Language] {
		if p := path.Join(a.Dir, name); t.Has(p) {
			return p
		}
	}
	return ""
}

func languageOf(command string) string {
	for _, s := range starters {
		if strings.Contains(command, s.word) {
			return s.language
		}
	}
	return "unknown"
}
