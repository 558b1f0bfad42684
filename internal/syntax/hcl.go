package syntax

import (
	"github.com/waymark-dev/waymark/internal/detect"
)

// A Body is what stands between the braces of an HCL block, or in a whole
// file. The zero Body is empty.
type Body struct {
	Attributes []Attribute
	Blocks     []Block
}

// An Attribute is "name = value".
type Attribute struct {
	Name string
	// At covers the whole attribute.
	At detect.Span
	// Text is the value where it is known without evaluating anything: a
	// string without interpolation, a number, true or false.
	Text string
	// Known says whether Text is the value.
	Known bool
	// Raw is the source text of the value.
	Raw string
	// Body is the value where it is an object written in braces.
	Body *Body
	// List are the items where the value is written in brackets.
	List []Attribute
	// Call is the function where the value is one call; Args are its arguments.
	Call string
	Args []Attribute
}

// A Block is "type "label" { … }".
type Block struct {
	Type   string
	Labels []string
	// At covers the header, without the body.
	At detect.Span
	// Range covers the whole block.
	Range detect.Span
	Body  Body
}

// Attribute is the attribute of that name, and whether there is one.
func (b Body) Attribute(name string) (Attribute, bool) {
	for _, a := range b.Attributes {
		if a.Name == name {
			return a, true
		}
	}
	return Attribute{}, false
}

// Text is the known value of the attribute of that name; else empty.
func (b Body) Text(name string) string {
	a, _ := b.Attribute(name)
	return a.Text
}

// All are the blocks of a type.
func (b Body) All(kind string) []Block {
	var found []Block
	for _, block := range b.Blocks {
		if block.Type == kind {
			found = append(found, block)
		}
	}
	return found
}
