package terraform

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// units are the Terragrunt files of the repository, by their paths.
func units(p *detect.Pass) map[string]TerragruntFile {
	found := map[string]TerragruntFile{}
	for _, f := range p.Findings(TerragruntFiles) {
		if t, ok := f.Value.(TerragruntFile); ok {
			found[f.At.Path] = t
		}
	}
	return found
}

// unitCalls are the modules that Terragrunt files take from a source, by path:
// those of units, of the files that they include, and of stacks.
func unitCalls(p *detect.Pass) []placedCall {
	all := units(p)
	at := place{tree: p.Repo.Tree, others: map[string]*terragruntFile{}}
	paths := make([]string, 0, len(all))
	for name, t := range all {
		at.others[name] = t.file
		paths = append(paths, name)
	}
	slices.Sort(paths)
	var calls []placedCall
	for _, name := range paths {
		at.file, at.dir = all[name].file, all[name].Dir
		calls = append(calls, at.calls(p.Repo)...)
	}
	return calls
}

// calls are the calls of one file.
func (at place) calls(r *detect.Repo) []placedCall {
	var calls []placedCall
	for _, block := range at.file.body.Blocks {
		a, ok := block.Body.Attribute("source")
		made := block.Type == "unit" || block.Type == "stack"
		if !ok || block.Type != "terraform" && !made {
			continue
		}
		c := placedCall{ModuleCall: ModuleCall{Dir: at.dir, Name: path.Base(at.dir)}, at: a.At, what: path.Base(at.file.path) + " source"}
		if made && len(block.Labels) > 0 {
			c.Name, c.what = block.Labels[0], block.Type+"."+block.Labels[0]
		}
		c.Source = shown(template(a))
		locate(&c.ModuleCall, tidy(expand(template(a), at)), r)
		calls = append(calls, c)
	}
	return calls
}

// tidy drops the slash of the root where a path was put behind the text of a
// git source.
func tidy(text string) string {
	if strings.HasPrefix(text, "git::/") {
		return strings.TrimPrefix(text, "git::")
	}
	return text
}

// inherited is the backend that the files which a unit includes have Terragrunt
// write; where none can be told, and for the units that a stack makes, that of
// the nearest parent above.
func inherited(all map[string]TerragruntFile, t TerragruntFile) *Backend {
	for _, include := range t.Includes {
		if b := all[include].Backend; b != nil {
			return b
		}
	}
	if t.Kind != Stack && len(t.Includes) == len(t.file.includes) {
		return nil
	}
	for dir := t.Dir; dir != "." && dir != "/"; {
		dir = path.Dir(dir)
		for _, name := range []string{unitFile, "root.hcl"} {
			if b := all[path.Join(dir, name)].Backend; b != nil {
				return b
			}
		}
	}
	return nil
}
