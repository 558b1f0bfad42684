package tooling

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed updater.md
var updaterDoc string

// Updaters sees the settings of the bots that keep dependencies up to date,
// where these read them. Its values are an Updater each.
var Updaters = &detect.Detector{
	ID: "tooling/updater", Doc: updaterDoc, File: updaters,
	Match: append([]string{".github/dependabot.yml", ".github/dependabot.yaml", ".pyup.yml", ".scala-steward.conf", ".github/.scala-steward.conf", "**/updatecli.d/**/*.yaml", "**/updatecli.d/**/*.yml", "**/updatecli.d/**/*.tpl"}, renovateFiles...),
}

// renovateFiles are where Renovate looks, in its order; it reads the first.
// Source: https://docs.renovatebot.com/configuration-options/
var renovateFiles = []string{
	"renovate.json", "renovate.json5", ".github/renovate.json", ".github/renovate.json5", ".gitlab/renovate.json", ".gitlab/renovate.json5",
	".renovaterc", ".renovaterc.json", ".renovaterc.json5", "package.json",
}

func updaters(p *detect.Pass, f *detect.File) error {
	if !meant(f.Data) {
		return nil
	}
	if strings.Contains("/"+f.Path, "/updatecli.d/") {
		return updatecli(p, f)
	}
	switch base := path.Base(f.Path); base {
	case "dependabot.yml", "dependabot.yaml":
		return dependabot(p, f)
	case ".pyup.yml":
		p.Report("pyup", f.Whole(), "settings of pyup", Updater{Name: "pyup", Ecosystems: []string{"pip"}})
		return nil
	case ".scala-steward.conf":
		p.Report("scala-steward", f.Whole(), "settings of Scala Steward", Updater{Name: "scala-steward", Ecosystems: []string{"sbt"}})
		return nil
	}
	return renovate(p, f)
}

// renovate reads its settings, which the first of its files holds.
func renovate(p *detect.Pass, f *detect.File) error {
	for _, name := range renovateFiles {
		if name == f.Path {
			break
		}
		if _, ok := p.Repo.Tree.File(name); ok && name != "package.json" {
			return nil
		}
	}
	doc, err := syntax.JSON.Of(f)
	if err != nil {
		return err
	}
	at := f.Whole()
	if f.Path == "package.json" {
		var key syntax.Node
		key, doc = doc.Pair("renovate")
		at = key.Span()
	}
	if !doc.IsMap() {
		return nil
	}
	u := Updater{Name: "renovate", Ecosystems: doc.Get("enabledManagers").Texts(), Disabled: doc.Get("enabled").False(), Automerge: automerges(doc, 0)}
	for _, preset := range doc.Get("extends").Texts() {
		if ofAnother(preset, p.Repo.Origin) {
			u.Extends = append(u.Extends, preset)
		}
	}
	p.Report("renovate", at, noteOf(u), u)
	return nil
}

func noteOf(u Updater) string {
	switch {
	case u.Disabled:
		return "switched off"
	case u.Automerge:
		return "keeps dependencies up to date and merges some by itself"
	}
	return "keeps dependencies up to date"
}

var presetOf = regex.New(`^(?:github|gitlab|gitea|local|bitbucket)>([^/:#]+/[^/:#]+)`)

// ofAnother says whether a preset comes from a repository other than this one.
// Source: https://docs.renovatebot.com/config-presets/
func ofAnother(preset, origin string) bool {
	m := presetOf.FindStringSubmatch(preset)
	return m != nil && !strings.EqualFold(m[1], origin)
}

// automerges says whether any rule merges without a person, by itself or by a
// preset (":automergeMinor").
func automerges(n syntax.Node, depth int) bool {
	if depth > 8 {
		return false
	}
	for key, value := range n.Pairs() {
		switch {
		case key.Text() == "automerge" && value.True():
			return true
		case key.Text() == "extends":
			for _, preset := range value.Texts() {
				if mergingPreset.MatchString(preset) {
					return true
				}
			}
		case automerges(value, depth+1):
			return true
		}
	}
	for _, item := range n.Items() {
		if automerges(item, depth+1) {
			return true
		}
	}
	return false
}

// mergingPreset matches Renovate's own presets that merge, and an
// organisation's that has it in its name.
var mergingPreset = regex.New(`^(?:default)?:automerge(?:All|Major|Minor|Patch|Digest|Linters|Testers|Types|StableNonMajor|RequireAllStatusChecks)$|^[a-z]+>[^:]+(?:/|:)(?i:auto-?merge)[\w-]*$`)

// dependabot reads the list of updates. Where every entry allows no request at
// all, versions are not updated.
// Source: https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference
func dependabot(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return err
	}
	entries := docs[0].Get("updates").Items()
	u := Updater{Name: "dependabot", Disabled: true}
	for _, e := range entries {
		u.Ecosystems = add(u.Ecosystems, e.Get("package-ecosystem").Text())
		for _, dir := range append(e.Get("directory").Texts(), e.Get("directories").Texts()...) {
			u.Dirs = add(u.Dirs, dir)
			u.Entries = append(u.Entries, UpdateEntry{e.Get("package-ecosystem").Text(), dir, e.Span()})
		}
		if e.Get("package-ecosystem").Text() != "" && e.Get("open-pull-requests-limit").Text() != "0" {
			u.Disabled = false
		}
	}
	if docs[0].Get("version").Text() != "2" || len(u.Ecosystems) == 0 {
		return nil
	}
	key, _ := docs[0].Pair("updates")
	note := "updates " + strings.Join(u.Ecosystems, ", ")
	if u.Disabled {
		note = "opens no requests for new versions"
	}
	p.Report("dependabot", key.Span(), note, u)
	return nil
}

// add appends a text that is not empty and not there yet.
func add(list []string, text string) []string {
	for _, have := range list {
		if have == text {
			return list
		}
	}
	if text == "" {
		return list
	}
	return append(list, text)
}

// updatecli reads a manifest that says where a version comes from and which files
// it is written to. What is filled in first is read like any other file.
// Source: https://www.updatecli.io/docs/core/configuration/
func updatecli(p *detect.Pass, f *detect.File) error {
	docs, _, err := manifest.Documents(f)
	for _, doc := range docs {
		if key, targets := doc.Pair("targets"); targets.IsMap() {
			p.Report("updatecli", key.Span(), "raises "+doc.Get("name").Text(), Updater{Name: "updatecli", Command: true})
			break
		}
	}
	return err
}
