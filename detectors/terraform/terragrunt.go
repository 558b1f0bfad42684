package terraform

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed terragrunt.md
var terragruntDoc string

// TerragruntFiles sees the files that Terragrunt reads, and the part that each
// plays: unit, stack, parent or values.
// Source: https://terragrunt.gruntwork.io/docs/reference/hcl/
var TerragruntFiles = &detect.Detector{
	ID: "terraform/terragrunt-file", Doc: terragruntDoc, Match: []string{terragruntFilePattern}, File: terragruntFiles,
}

const (
	terragruntFilePattern = "**/*.hcl"
	unitFile              = "terragrunt.hcl"
	stackFile             = "terragrunt.stack.hcl"
)

func terragruntFiles(p *detect.Pass, f *detect.File) error {
	t, err := terragrunt.Of(f)
	if t == nil {
		return err
	}
	value := TerragruntFile{Dir: t.dir, Kind: t.kind(p.Repo.Tree), file: t}
	for _, include := range t.includes {
		if found, ok := resolvePath(include, place{tree: p.Repo.Tree, dir: t.dir}); ok {
			value.Includes = append(value.Includes, found)
		}
	}
	if len(t.backends) > 0 {
		value.Backend = &t.backends[0].Backend
	}
	p.Report(f.Path, f.Whole(), string(value.Kind)+" of Terragrunt", value)
	return nil
}

// A terragruntFile is what a file says before anything is resolved.
type terragruntFile struct {
	path, dir string
	body      syntax.Body
	// includes are the paths of include blocks, as templates.
	includes []string
	// locals are the values of locals, as templates.
	locals   map[string]string
	backends []placedBackend
	// written is what its generate blocks write, as far as it is configuration.
	written []File
}

// terragrunt is the view of a file as one of Terragrunt; nil where the file is
// another tool's.
var terragrunt = detect.NewView(func(f *detect.File) (*terragruntFile, error) {
	name := path.Base(f.Path)
	if name == lockFileName || slices.ContainsFunc(foreign, func(suffix string) bool { return strings.HasSuffix(name, suffix) }) {
		return nil, nil
	}
	body, err := syntax.HCL.Of(f)
	own := name == unitFile || name == stackFile
	if err != nil && own {
		return nil, err
	}
	if err != nil || !own && !looksLikeTerragrunt(body) {
		return nil, nil
	}
	return readTerragrunt(f, body), nil
})

// foreign are endings of names of other tools' files.
var foreign = []string{".pkr.hcl", ".pkrvars.hcl", ".tftest.hcl", ".tfcomponent.hcl", ".tfstack.hcl", ".tfdeploy.hcl", ".tfquery.hcl", ".tflint.hcl", ".nomad.hcl", "docker-bake.hcl"}

// ownBlocks are the blocks of Terragrunt's language; telling are those that no
// other tool that reads *.hcl has.
var (
	ownBlocks = []string{
		"locals", "include", "terraform", "remote_state", "generate", "dependency", "dependencies", "catalog", "feature", "exclude",
		"errors", "engine", "unit", "stack", "inputs", "retry_config", "skip",
	}
	telling = []string{"include", "remote_state", "generate", "dependency", "dependencies", "catalog", "locals", "terraform"}
)

func looksLikeTerragrunt(b syntax.Body) bool {
	tells := false
	for _, block := range b.Blocks {
		if !slices.Contains(ownBlocks, block.Type) {
			return false
		}
		tells = tells || slices.Contains(telling, block.Type)
	}
	_, inputs := b.Attribute("inputs")
	return tells || inputs
}

func readTerragrunt(f *detect.File, body syntax.Body) *terragruntFile {
	t := &terragruntFile{path: f.Path, dir: path.Dir(f.Path), body: body, locals: map[string]string{}}
	for _, block := range body.Blocks {
		switch block.Type {
		case "include":
			if a, ok := block.Body.Attribute("path"); ok {
				t.includes = append(t.includes, template(a))
			}
		case "locals":
			for _, a := range block.Body.Attributes {
				t.locals[a.Name] = template(a)
			}
		case "remote_state":
			t.remoteState(block)
		case "generate":
			t.generates(f, block)
		}
	}
	return t
}

// remoteState takes the block that has Terragrunt write a backend. Settings
// that are computed as a whole may hold the lock.
func (t *terragruntFile) remoteState(block syntax.Block) {
	kind := block.Body.Text("backend")
	if kind == "" {
		return
	}
	var settings syntax.Body
	if config, ok := block.Body.Attribute("config"); ok && config.Body != nil {
		settings = *config.Body
	}
	b := backendOf(t.dir, kind, settings)
	b.GeneratedBy = "terragrunt"
	t.backends = append(t.backends, placedBackend{b, block.At})
}

// generates takes a block that has Terragrunt write a file: what it writes is
// read where it stands in the text as it is.
func (t *terragruntFile) generates(f *detect.File, block syntax.Block) {
	a, ok := block.Body.Attribute("contents")
	if !ok {
		return
	}
	inner, ok := heredoc(f, a)
	if !ok {
		return
	}
	body, err := syntax.HCL.Of(inner)
	if err != nil {
		return
	}
	t.written = append(t.written, read(inner, body))
	for _, b := range backendsIn(t.dir, body) {
		b.GeneratedBy = "terragrunt"
		t.backends = append(t.backends, b)
	}
}

// heredoc is the text of a here-document as a file of its own, in which every
// position is that of the file around it: what stands before is blanked.
func heredoc(f *detect.File, a syntax.Attribute) (*detect.File, bool) {
	mark, rest, ok := strings.Cut(a.Raw, "\n")
	mark = strings.TrimSpace(strings.TrimLeft(mark, "<-"))
	end := strings.LastIndex(rest, mark)
	start := strings.Index(string(f.Data[a.At.Start.Offset:a.At.End.Offset]), rest)
	if !ok || !strings.HasPrefix(a.Raw, "<<") || mark == "" || end < 0 || start < 0 {
		return nil, false
	}
	start += a.At.Start.Offset
	data := slices.Clone(f.Data[:start+end])
	for i := range start {
		if data[i] != '\n' {
			data[i] = ' '
		}
	}
	return detect.NewFile(f.Path, data), true
}

// kind tells the part that the file plays.
func (t *terragruntFile) kind(tree *detect.Tree) UnitKind {
	switch {
	case path.Base(t.path) == stackFile:
		return Stack
	case path.Base(t.path) == unitFile && t.applied(tree):
		return Unit
	case len(t.body.Blocks) == len(t.body.All("locals")) && len(t.body.Attributes) == 0:
		return Values
	}
	return Parent
}

// applied says whether a terragrunt.hcl is applied by itself: it has a source
// or an include, or stands beside configuration without being a root of others.
func (t *terragruntFile) applied(tree *detect.Tree) bool {
	if len(t.includes) > 0 || t.hasSource() {
		return true
	}
	return len(t.body.All("remote_state"))+len(t.body.All("generate")) == 0 && besideConfiguration(tree, t.dir)
}

func (t *terragruntFile) hasSource() bool {
	return slices.ContainsFunc(t.body.All("terraform"), func(b syntax.Block) bool {
		_, ok := b.Body.Attribute("source")
		return ok
	})
}

func besideConfiguration(tree *detect.Tree, dir string) bool {
	return slices.ContainsFunc(tree.Under(dir), func(e detect.Entry) bool { return path.Dir(e.Path) == dir && isConfiguration(e.Path) })
}

// isConfiguration says whether a path is one of Terraform or OpenTofu.
func isConfiguration(p string) bool {
	p = strings.TrimSuffix(p, ".json")
	return strings.HasSuffix(p, ".tf") || strings.HasSuffix(p, ".tofu")
}
