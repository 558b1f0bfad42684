package docs

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed driftedblock.md
var driftedBlockDoc string

// DriftedBlocks sees generated blocks of documents that differ from what they
// are made of. Its values are a BlockDrift each; the subject is what wrote the
// block.
var DriftedBlocks = &detect.Detector{ID: "docs/drifted-block", Doc: driftedBlockDoc, Repo: driftedBlocks}

// A BlockDrift is how a generated block differs from its source.
type BlockDrift struct {
	Kind BlockKind
	// Missing are things without a row, Surplus rows without a thing, Changed
	// rows that say something else than the source does.
	Missing, Surplus, Changed []string
}

func driftedBlocks(p *detect.Pass) error {
	sources := map[string][]BlockSource{}
	for _, f := range p.Findings(BlockSources) {
		if s, ok := f.Value.(BlockSource); ok {
			sources[s.Dir] = append(sources[s.Dir], s)
		}
	}
	sites := sitesOf(p.Repo.Tree)
	for _, f := range p.Findings(Documents) {
		d, _ := f.Value.(Document)
		for _, b := range d.blocks {
			var drift BlockDrift
			switch b.kind {
			case Contents:
				if d.lasting() && markdown(f.At.Path) && len(around(sites, f.At.Path)) == 0 {
					drift.Missing = b.unlisted
				}
			case HelmDocs:
				drift = b.againstValues(sources[path.Dir(f.At.Path)])
			case TerraformDocs:
				if dir := path.Dir(f.At.Path); !linksIn(p.Repo.Tree, dir) {
					drift = b.againstTerraform(sources[dir])
				}
			}
			drift.Kind = b.kind
			if note := drift.String(); note != "" {
				p.Report(string(b.kind), b.at, note, drift)
			}
		}
	}
	return nil
}

// linksIn says whether a folder has symbolic links, whose contents are read
// elsewhere.
func linksIn(t *detect.Tree, dir string) bool {
	return slices.ContainsFunc(t.Under(dir), func(e detect.Entry) bool { return e.Mode == detect.Symlink && path.Dir(e.Path) == dir })
}

// String says in a few words how the block differs; empty where it does not.
func (d BlockDrift) String() string {
	var parts []string
	for _, part := range []struct {
		names []string
		say   string
	}{{d.Missing, "no row for "}, {d.Surplus, "nothing behind "}, {d.Changed, ""}} {
		if len(part.names) > 0 {
			parts = append(parts, part.say+firstOf(part.names))
		}
	}
	return strings.Join(parts, "; ")
}

func firstOf(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// againstTerraform holds the tables of a block against the files of its folder.
func (b block) againstTerraform(sources []BlockSource) BlockDrift {
	var d BlockDrift
	inputs, outputs := map[string]bool{}, map[string]bool{}
	constraint := ""
	for _, s := range sources {
		if s.Broken {
			return d
		}
		for _, name := range s.Inputs {
			inputs[name] = true
		}
		for _, name := range s.Outputs {
			outputs[name] = true
		}
		if c := s.Requirements["terraform"]; c != "" {
			constraint = c
		}
	}
	if len(sources) == 0 || !b.about(inputs, outputs) {
		return d
	}
	b.compare(&d, "input", inputs)
	b.compare(&d, "output", outputs)
	for _, r := range b.sections["requirement"] {
		if r.name == "terraform" && constraint != "" && r.cell != "" && plainConstraint(r.cell) != plainConstraint(constraint) {
			d.Changed = append(d.Changed, fmt.Sprintf("terraform %s is %s", r.cell, constraint))
		}
	}
	return d
}

func plainConstraint(s string) string {
	return strings.NewReplacer(" ", "", `\`, "", "`", "").Replace(s)
}

// about says whether a block is about the files of its folder: it has some of
// their names, or no names at all.
func (b block) about(inputs, outputs map[string]bool) bool {
	rows := len(b.sections["input"]) + len(b.sections["output"])
	known := func(names map[string]bool) func(row) bool { return func(r row) bool { return names[r.name] } }
	return rows == 0 || slices.ContainsFunc(b.sections["input"], known(inputs)) || slices.ContainsFunc(b.sections["output"], known(outputs))
}

// compare holds one table against the names that it should have.
func (b block) compare(d *BlockDrift, kind string, names map[string]bool) {
	rows, listed := b.sections[kind]
	if !listed {
		return
	}
	has := map[string]bool{}
	for _, r := range rows {
		if has[r.name] = true; !names[r.name] {
			d.Surplus = append(d.Surplus, kind+" "+r.name)
		}
	}
	for _, name := range sortedNames(names) {
		if !has[name] {
			d.Missing = append(d.Missing, kind+" "+name)
		}
	}
}

func sortedNames(names map[string]bool) []string {
	list := make([]string, 0, len(names))
	for n := range names {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// againstValues holds the table of a chart's values against the file.
func (b block) againstValues(sources []BlockSource) BlockDrift {
	var d BlockDrift
	i := slices.IndexFunc(sources, func(s BlockSource) bool { return s.Values != nil })
	if i < 0 || sources[i].Broken {
		return d
	}
	s := sources[i]
	top := map[string]bool{}
	for _, r := range b.sections["value"] {
		first, _, _ := strings.Cut(r.name, ".")
		first, _, _ = strings.Cut(first, "[")
		top[first] = true
		value, known := s.Values[r.name]
		last := r.name[strings.LastIndexAny(r.name, ".]")+1:]
		switch {
		case strings.Contains(r.name, `"`):
		case !known && last != "" && !strings.Contains(s.text, last):
			d.Surplus = append(d.Surplus, r.name)
		case known && value != "" && differs(r.cell, value) && !strings.Contains(s.text, "@default"):
			d.Changed = append(d.Changed, fmt.Sprintf("%s %s is %s", r.name, r.cell, value))
		}
	}
	for name := range s.Values {
		if !strings.Contains(name, ".") && !top[name] && !strings.Contains(s.text, "@ignore") {
			d.Missing = append(d.Missing, name)
		}
	}
	slices.Sort(d.Missing)
	return d
}

// differs says whether the default of a row is a scalar that is not the value.
func differs(cell, value string) bool {
	if text, err := strconv.Unquote(cell); err == nil {
		return text != value
	}
	said, err := strconv.ParseFloat(cell, 64)
	is, other := strconv.ParseFloat(value, 64)
	if err == nil && other == nil {
		return said != is
	}
	return (cell == "true" || cell == "false") && (value == "true" || value == "false") && cell != value
}
