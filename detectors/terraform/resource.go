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

//go:embed resource.md
var resourceDoc string

// Resources sees what a configuration makes and reads, with its settings.
var Resources = &detect.Detector{ID: "terraform/resource", Doc: resourceDoc, Match: configurations, File: resources}

// resourceBlocks are the blocks that stand for something in a provider.
var resourceBlocks = []string{"resource", "data", "ephemeral"}

func resources(p *detect.Pass, f *detect.File) error {
	body, err := syntax.HCL.Of(f)
	for _, block := range body.Blocks {
		if !slices.Contains(resourceBlocks, block.Type) || len(block.Labels) < 2 || manifest.Never(block.Body) {
			continue
		}
		r := Resource{Dir: path.Dir(f.Path), Type: block.Labels[0], Name: block.Labels[1], Data: block.Type != "resource", Settings: map[string]string{}}
		flatten(r.Settings, block.Body, "", 0)
		p.Report(in(r.Dir, address(block)), block.At, block.Type, r)
	}
	return err
}

// helpers are providers whose resources exist in the state only, or on the
// machine that applies them.
var helpers = []string{"null", "random", "local", "time", "tls", "external", "archive", "template", "http", builtin}

// Helper says that the resource makes nothing outside of the state.
func (r Resource) Helper() bool {
	provider, _, _ := strings.Cut(r.Type, "_")
	return slices.Contains(helpers, provider)
}

// address names a block as Terraform does.
func address(block syntax.Block) string {
	name := block.Labels[0] + "." + block.Labels[1]
	if block.Type != "resource" {
		return block.Type + "." + name
	}
	return name
}

const (
	// maxSettings and maxDepth bound the settings kept of one resource.
	maxSettings = 200
	maxDepth    = 8
	// maxSetting bounds the bytes kept of one setting: longer texts are
	// policies and scripts.
	maxSetting = 200
)

// flatten keeps the settings of a body by dotted path; of repeated blocks the
// first one's.
func flatten(kept map[string]string, b syntax.Body, prefix string, depth int) {
	for _, a := range b.Attributes {
		keep(kept, prefix+a.Name, textOf(a))
		if a.Body != nil && depth < maxDepth {
			flatten(kept, *a.Body, prefix+a.Name+".", depth+1)
		}
	}
	for _, block := range b.Blocks {
		name := block.Type
		if name == "dynamic" && len(block.Labels) > 0 {
			name = block.Labels[0]
		}
		keep(kept, prefix+name, "")
		for _, inner := range contents(block) {
			if depth < maxDepth {
				flatten(kept, inner, prefix+name+".", depth+1)
			}
		}
	}
}

// contents are the bodies that a block gives: of a dynamic block, its content.
func contents(block syntax.Block) []syntax.Body {
	if block.Type != "dynamic" {
		return []syntax.Body{block.Body}
	}
	var bodies []syntax.Body
	for _, content := range block.Body.All("content") {
		bodies = append(bodies, content.Body)
	}
	return bodies
}

func keep(kept map[string]string, name, text string) {
	if _, seen := kept[name]; seen || len(kept) >= maxSettings || manifest.SecretName(path.Ext("."+name)) {
		return
	}
	if len(text) > maxSetting {
		text = ""
	}
	kept[name] = text
}

// textOf is the known text of a value; of a list, those of its items.
func textOf(a syntax.Attribute) string {
	if len(a.List) == 0 {
		return a.Text
	}
	var texts []string
	for _, item := range a.List {
		if item.Known {
			texts = append(texts, item.Text)
		}
	}
	return strings.Join(texts, " ")
}
