package syntax

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// parseHCLJSON reads HCL's JSON syntax. It cannot tell blocks from attributes,
// so an object is given as both; what stands behind a label at the top of a
// Terraform file is known.
func parseHCLJSON(f *detect.File) (Body, error) {
	n, err := JSON.Of(f)
	if err != nil {
		return Body{}, err
	}
	return jsonBody(n, topLabels), nil
}

// topLabels are the labels that the blocks at the top of a file have, and
// inLabels those of blocks inside them.
var (
	topLabels = map[string]int{
		"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "provider": 1, "variable": 1, "output": 1, "check": 1,
		"source": 2, "include": 1, "generate": 1, "dependency": 1,
		"terraform": 0, "locals": 0, "build": 0, "moved": 0, "import": 0, "removed": 0,
	}
	inLabels = map[string]int{"backend": 1, "dynamic": 1, "provisioner": 1}
)

func jsonBody(n Node, labels map[string]int) Body {
	var body Body
	for key, value := range n.Pairs() {
		name := key.Text()
		if name == "//" {
			continue // a comment
		}
		count, labelled := labels[name]
		if !labelled {
			body.Attributes = append(body.Attributes, jsonAttribute(key, value))
		}
		for _, item := range value.List() {
			body.Blocks = append(body.Blocks, jsonBlocks(name, nil, key, item, count)...)
		}
	}
	return body
}

// jsonBlocks are the blocks in an object, below as many labels as the type has.
func jsonBlocks(kind string, labels []string, key, value Node, count int) []Block {
	if !value.IsMap() {
		return nil
	}
	if count == 0 {
		return []Block{{Type: kind, Labels: labels, At: key.Span(), Range: value.Through(), Body: jsonBody(value, inLabels)}}
	}
	var blocks []Block
	for label, inner := range value.Pairs() {
		for _, item := range inner.List() {
			below := append(labels[:len(labels):len(labels)], label.Text())
			blocks = append(blocks, jsonBlocks(kind, below, label, item, count-1)...)
		}
	}
	return blocks
}

func jsonAttribute(key, value Node) Attribute {
	a := Attribute{Name: key.Text(), At: key.Span()}
	switch {
	case value.IsMap():
		body := jsonBody(value, nil)
		a.Body = &Body{Attributes: body.Attributes}
	case value.IsList():
		for _, item := range value.Items() {
			a.List = append(a.List, jsonAttribute(item, item))
			a.List[len(a.List)-1].Name = ""
		}
	case !value.IsNull():
		a.Raw = value.Text()
		if !strings.Contains(a.Raw, "${") && !strings.Contains(a.Raw, "%{") {
			a.Text, a.Known = a.Raw, true
		}
	}
	return a
}
