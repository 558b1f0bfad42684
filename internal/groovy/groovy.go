// Package groovy reads Groovy scripts as far as a pipeline needs: which calls
// are made, with which arguments and blocks, in which order. It tells code from
// comments and texts, runs nothing, and takes any text: what it does not
// understand it leaves out.
package groovy

import "errors"

// ErrTooLarge says that a script is larger than is read.
var ErrTooLarge = errors.New("the script is too large to be read")

// Bounds of what is read.
const (
	maxSize  = 512 << 10
	maxDepth = 150
)

// A Call is a call of a method, or what reads like one: a statement such as
// "if" or "try", an annotation ("@Library"), a definition.
type Call struct {
	// Name is the path called ("sh", "docker.build"); empty for a block that is
	// only assigned.
	Name string
	Args []Argument
	// Body are the calls of the block that follows, and HasBody that there is
	// one.
	Body    []Call
	HasBody bool
	// Receiver is the call on whose result this one is made.
	Receiver *Call
	// Assigned is the variable that takes the value.
	Assigned string
	// Defines is the name of the method that a definition defines, and Params
	// the names of what it takes; Name is then "def".
	Defines string
	Params  []string
	// Line and End are its first and last line; Start and Stop its bytes.
	Line, End   int
	Start, Stop int
}

// An Argument is one argument of a call, or one item of a list or map.
type Argument struct {
	// Name is that of a named argument, or the key of a map.
	Name string
	// Text is the text of a string, interpolations as written ("${x}"); of
	// anything else the source.
	Text string
	// Literal says that the argument is a string.
	Literal bool
	// Lines are the lines of the file that the lines of a string stand on.
	Lines []int
	// Body are the calls of a closure.
	Body    []Call
	HasBody bool
	// Items are those of a list or map.
	Items []Argument
	// Calls are the calls within an expression.
	Calls []Call
	Line  int
}

// Arg is the argument of that name; of the empty name the first that has none.
func (c Call) Arg(name string) (Argument, bool) {
	for _, a := range c.Args {
		if a.Name == name {
			return a, true
		}
	}
	return Argument{}, false
}

// Text is the text of the argument of that name; empty where there is none.
func (c Call) Text(name string) string {
	a, _ := c.Arg(name)
	return a.Text
}

// Parse gives the calls of a script, in their order.
func Parse(text string) ([]Call, error) {
	if len(text) > maxSize {
		return nil, ErrTooLarge
	}
	tree := group(scan(text))
	return (&parser{text: text}).block(tree.inner, 0), nil
}
