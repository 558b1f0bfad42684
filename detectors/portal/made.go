package portal

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed made.md
var madeDoc string

// Mades sees the traces that a template leaves in what was made from it. Its
// values are a Made each.
var Mades = &detect.Detector{
	ID: "portal/made-from-template", Doc: madeDoc, File: mades,
	Match: []string{
		"**/.copier-answers*.{yml,yaml}", "**/.cruft.json", "**/.cookiecutter.{json,yml,yaml}", "**/.yo-rc.json",
		".github/lineage.yml", "**/catalog-info.{yaml,yml}",
	},
}

func mades(p *detect.Pass, f *detect.File) error {
	if inTemplate(p.Repo.Tree, f.Path) {
		return nil
	}
	docs, err := syntax.Data(f)
	for _, doc := range docs {
		if made, at := madeFrom(path.Base(f.Path), doc); made.Tool != "" && !strings.Contains(made.From, "{{") {
			p.Report(made.Tool, at.Span(), strings.TrimSpace("made from "+made.From), made)
		}
	}
	return err
}

// madeFrom reads the trace of one tool.
// Sources: https://copier.readthedocs.io/en/stable/configuring/#the-copier-answersyml-file,
// https://cruft.github.io/cruft/, https://backstage.io/docs/features/software-catalog/well-known-annotations#backstageiosource-template
// and https://github.com/cisagov/action-lineage
func madeFrom(name string, doc syntax.Node) (Made, syntax.Node) {
	switch {
	case strings.HasPrefix(name, ".copier-answers"):
		from := doc.Get("_src_path")
		return madeBy("copier", from, doc.Get("_commit").Text()), from
	case name == ".cruft.json":
		from := doc.Get("template")
		return madeBy("cruft", from, doc.Get("commit").Text()), from
	case strings.HasPrefix(name, ".cookiecutter."):
		from := doc.Get("_template")
		if !from.Exists() {
			from = doc.Get("cookiecutter", "_template")
		}
		return madeBy("cookiecutter", from, ""), from
	case name == ".yo-rc.json":
		for key := range doc.Pairs() {
			return Made{Tool: "yeoman", From: key.Text()}, key
		}
	case name == "lineage.yml":
		for _, parent := range doc.Get("lineage").Pairs() {
			from := parent.Get("remote-url")
			return madeBy("lineage", from, parent.Get("remote-branch").Text()), from
		}
	default:
		from := doc.Get("metadata", "annotations", "backstage.io/source-template")
		return madeBy("backstage", from, ""), from
	}
	return Made{}, syntax.Node{}
}

func madeBy(tool string, from syntax.Node, version string) Made {
	if from.Text() == "" {
		return Made{}
	}
	return Made{Tool: tool, From: from.Text(), Version: version}
}
