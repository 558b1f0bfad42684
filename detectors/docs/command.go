package docs

import (
	"bytes"
	_ "embed"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed command.md
var commandDoc string

// Commands sees the calls of task runners and of the repository's own scripts
// that documents tell the reader to type. Its values are a Command each.
var Commands = &detect.Detector{ID: "docs/command", Doc: commandDoc, Match: documentFiles, File: commands}

func commands(p *detect.Pass, f *detect.File) error {
	page, ok := advice(f)
	if !ok {
		return nil
	}
	home := homeOf(p.Repo, f.Path, page.typed)
	own := sync.OnceValue(func() bool {
		return !ofSkill(f.Path) && !foreign(p.Repo.Tree, f.Path, mentionsOf(p.Repo, f, page.Page, page.typed))
	})
	for _, t := range page.typed {
		if t.block < 0 && len(t.words) == 1 && !strings.HasPrefix(t.words[0], "./") {
			continue
		}
		for _, c := range taskCalls(t) {
			if c.Dir, ok = home(t, c.Dir); !ok {
				continue
			}
			switch c.Runner {
			case "script":
				c.Name = scriptAt(p.Repo.Tree, f.Path, c)
			case "just":
				c = inModule(p.Repo.Tree, t.words, c)
			}
			if c.Name != "" {
				c.Told = tells(page.Page, t) && own() && !inOther(page.Page, t) && !elsewhere(p.Repo.Name, sentenceAt(f, page.Page, t.at)) && !defines(f, c)
				p.Report(c.Text, t.at, c.Runner+" "+c.Name, c)
			}
		}
	}
	return nil
}

// others are what a sentence calls the project of its readers.
var others = regex.New(`(?i)\b(?:in|of|from|to|into|inside) your (?:own )?(?:\w+ )?(?:repo(?:sitory)?|project|application|app|service)\b|\b(?:project|app|application) generator\b|\bgenerated (?:project|repository|app|application)\b`)

// inOther says whether the paragraph above a block leads to the readers' own
// project.
func inOther(page *syntax.Page, t typed) bool {
	return t.block >= 0 && others.MatchString(leadOf(page, page.Fences[t.block]))
}

// defines says whether a document shows how to write the script of a package
// that a command calls: it is for the reader to add.
func defines(f *detect.File, c Command) bool {
	return slices.Contains(nodePrograms, c.Runner) && bytes.Contains(f.Data, []byte(`"`+c.Name+`":`))
}

// inModule follows just into a module: "just module recipe" and
// "just module::recipe" call a recipe of the folder of that name.
// Source: https://just.systems/man/en/modules1190.html
func inModule(t *detect.Tree, words []string, c Command) Command {
	module, recipe, named := strings.Cut(c.Name, "::")
	if i := slices.Index(words, c.Name); !named && i+1 < len(words) && plainWord(words[i+1]) {
		recipe = words[i+1]
	}
	switch {
	case t.Folder(module) && (t.Has(module+"/mod.just") || t.Has(module+"/justfile") || t.Has(module+"/.justfile")):
		c.Dir, c.Name = module, recipe
	case named || t.Has(module+".just"):
		c.Name = "" // a module in one file, whose recipes have no folder
	}
	return c
}

// scriptAt is where a script lies; empty where it is not there.
func scriptAt(t *detect.Tree, document string, c Command) string {
	for _, base := range []string{c.Dir, path.Dir(document), "."} {
		full := path.Join(base, c.Name)
		if _, ok := t.File(full); ok {
			return full
		}
	}
	return ""
}
