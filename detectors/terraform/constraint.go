package terraform

import (
	_ "embed"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed constraint.md
var constraintDoc string

// Constraints sees which versions of Terraform or OpenTofu a configuration
// asks for.
var Constraints = &detect.Detector{
	ID: "terraform/required-version", Doc: constraintDoc, Match: append(slices.Clone(configurations), terragruntFilePattern), File: constraints,
}

func constraints(p *detect.Pass, f *detect.File) error {
	if !isConfiguration(f.Path) {
		unit, err := terragrunt.Of(f)
		if unit != nil {
			reportConstraint(p, f, unit.body, "terraform_version_constraint")
		}
		return err
	}
	body, err := syntax.HCL.Of(f)
	for _, block := range body.All("terraform") {
		reportConstraint(p, f, block.Body, "required_version")
	}
	return err
}

func reportConstraint(p *detect.Pass, f *detect.File, b syntax.Body, name string) {
	a, ok := b.Attribute(name)
	if !ok {
		return
	}
	c := Constraint{Dir: path.Dir(f.Path), Text: a.Text, Bounded: bounded(a.Text)}
	p.Report(in(c.Dir, name), a.At, "Terraform "+a.Text, c)
}
