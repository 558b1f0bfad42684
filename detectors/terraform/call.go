package terraform

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed call.md
var callDoc string

// ModuleCalls sees which modules are used, from where, at which version: by
// module blocks, by the components of Terraform Stacks, and by Terragrunt.
var ModuleCalls = &detect.Detector{
	ID: "terraform/module-call", Doc: callDoc, Match: append(slices.Clone(configurations), "**/*.tfcomponent.hcl", "**/*.tfstack.hcl"),
	File: moduleCalls, Repo: terragruntCalls,
}

func moduleCalls(p *detect.Pass, f *detect.File) error {
	body, err := syntax.HCL.Of(f)
	kind := "module"
	if strings.HasSuffix(f.Path, ".hcl") {
		kind = "component"
	}
	for _, block := range body.All(kind) {
		if len(block.Labels) == 0 {
			continue
		}
		reportCall(p, "module."+block.Labels[0], callOf(p.Repo, path.Dir(f.Path), block))
	}
	return err
}

// terragruntCalls are those of Terragrunt files, whose sources may stand in
// the files that they include.
func terragruntCalls(p *detect.Pass) error {
	for _, c := range unitCalls(p) {
		reportCall(p, c.what, c)
	}
	return nil
}

// A placedCall is a call and the place of its source.
type placedCall struct {
	ModuleCall
	at   detect.Span
	what string
}

func reportCall(p *detect.Pass, what string, c placedCall) {
	p.Report(in(c.Dir, what), c.at, c.note(), c.ModuleCall)
}

func (c ModuleCall) note() string {
	switch {
	case c.Kind == Local, c.Version == "":
		return string(c.Kind) + " " + c.Source
	}
	return string(c.Kind) + " " + c.Source + " at " + c.Version
}

// callOf is the call of a block with a source; its place is that of the
// source, or of the block where there is none.
func callOf(r *detect.Repo, dir string, block syntax.Block) placedCall {
	c := placedCall{ModuleCall: ModuleCall{Dir: dir, Name: block.Labels[0], Never: manifest.Never(block.Body), Scales: scales(block.Body)}, at: block.At}
	if v, ok := block.Body.Attribute("version"); ok {
		c.Version = v.Text
		if !v.Known {
			c.Version = v.Raw
		}
	}
	a, ok := block.Body.Attribute("source")
	if !ok {
		c.Kind, c.Pin = Computed, Unpinned
		return c
	}
	c.at = a.At
	c.from(r, template(a))
	return c
}

// from sets the source, and what it says once it is expanded.
func (c *ModuleCall) from(r *detect.Repo, text string) {
	c.Source = shown(text)
	locate(c, expand(text, place{tree: r.Tree, dir: c.Dir}), r)
}

// template is the text of a string with its "${ … }" as written; a bare
// expression stands in one.
func template(a syntax.Attribute) string {
	switch raw := a.Raw; {
	case a.Known:
		return a.Text
	case len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"':
		return raw[1 : len(raw)-1]
	default:
		return "${" + raw + "}"
	}
}

// scales says whether an input of a call switches autoscaling on:
// "enable_autoscaling = true", "autoscaling_enabled = true".
func scales(body syntax.Body) bool {
	return slices.ContainsFunc(body.Attributes, func(a syntax.Attribute) bool {
		return a.Known && a.Text == "true" && slices.Contains(scalingSwitches, a.Name)
	})
}

// scalingSwitches are inputs by which modules are told to scale with use.
var scalingSwitches = []string{"enable_autoscaling", "autoscaling_enabled", "enable_auto_scaling", "auto_scaling_enabled"}
