package docs

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed blocksource.md
var blockSourceDoc string

// BlockSources sees what generated blocks of documents are made of: the inputs,
// outputs and requirements of Terraform files, and the values of charts, beside
// a README. Its values are a BlockSource each.
var BlockSources = &detect.Detector{ID: "docs/block-source", Doc: blockSourceDoc, File: blockSources, Match: []string{"**/*.tf", "**/*.tofu", "**/values.yaml"}}

// A BlockSource is what one file gives to the generated block of the README
// beside it.
type BlockSource struct {
	Dir string
	// Inputs and Outputs are names; Requirements the constraints of Terraform
	// and of providers; Values the scalar defaults of a chart by their path, the
	// others with an empty text.
	Inputs, Outputs []string
	Requirements    map[string]string
	Values          map[string]string
	// Broken says that the file does not parse, or holds more than is read.
	Broken bool

	text string // of a chart's values, comments included
}

func blockSources(p *detect.Pass, f *detect.File) error {
	dir := path.Dir(f.Path)
	if !p.Repo.Tree.Has(path.Join(dir, "README.md")) {
		return nil
	}
	s := BlockSource{Dir: dir}
	if path.Ext(f.Path) == ".yaml" {
		if !p.Repo.Tree.Has(path.Join(dir, "Chart.yaml")) {
			return nil
		}
		s.values(f)
	} else {
		s.terraform(f)
	}
	if s.Broken || len(s.Inputs)+len(s.Outputs)+len(s.Requirements)+len(s.Values) > 0 {
		p.Report(f.Path, f.Whole(), "what a generated block lists", s)
	}
	return nil
}

func (s *BlockSource) terraform(f *detect.File) {
	body, err := syntax.HCL.Of(f)
	s.Broken = err != nil
	for _, b := range body.All("variable") {
		s.Inputs = append(s.Inputs, b.Labels...)
	}
	for _, b := range body.All("output") {
		s.Outputs = append(s.Outputs, b.Labels...)
	}
	s.Requirements = map[string]string{}
	for _, b := range body.All("terraform") {
		if v := b.Body.Text("required_version"); v != "" {
			s.Requirements["terraform"] = v
		}
	}
}

// maxValues bounds the values of a chart that are read.
const maxValues = 5_000

func (s *BlockSource) values(f *detect.File) {
	docs, err := syntax.YAML.Of(f)
	s.Broken = err != nil || len(docs) != 1
	s.Values, s.text = map[string]string{}, string(f.Data)
	for _, doc := range docs {
		s.leaves("", doc, 0)
	}
}

// leaves are the scalar values below a node, by their path.
func (s *BlockSource) leaves(prefix string, n syntax.Node, depth int) {
	for key, value := range n.Pairs() {
		name := strings.TrimPrefix(prefix+"."+key.Text(), ".")
		switch {
		case len(s.Values) > maxValues || depth > 20:
			s.Broken = true
			return
		case value.IsMap():
			s.Values[name] = ""
			s.leaves(name, value, depth+1)
		case value.IsScalar() && !value.Block():
			s.Values[name] = value.Text()
		default:
			s.Values[name] = ""
		}
	}
}
