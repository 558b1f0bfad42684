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
	p.Report(f.Path, key.Span(), "CDK application in "+app.Language, app)
	return nil
}

// starters are the words of commands that tell the language of an application.
var starters = []struct{ word, language string }{
	{"ts-node", "typescript"}, {"tsx", "typescript"}, {".ts", "typescript"}, {"python", "python"}, {".py", "python"}, {"mvn", "java"}, {"gradle", "java"}, {".jar", "java"},
	{"dotnet", "csharp"}, {"go ", "go"}, {"node", "javascript"}, {".js", "javascript"},
}

func languageOf(command string) string {
	for _, s := range starters {
		if strings.Contains(command, s.word) {
			return s.language
		}
	}
	return "unknown"
}
