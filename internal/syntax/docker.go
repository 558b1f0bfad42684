package syntax

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/waymark-dev/waymark/internal/detect"
)

// An Instruction is one instruction of a Dockerfile, continuation lines
// joined.
type Instruction struct {
	// Name is in upper case: "FROM", "RUN".
	Name string
	// Words are what follows it, as Docker splits it.
	Words []string
	// Text is what follows the name, on one line for shell forms.
	Text string
	At   detect.Span
	// Heredoc holds the bodies of here-documents.
	Heredoc []string
}

// Dockerfile is the view of a file as the instructions of a Dockerfile.
var Dockerfile = detect.NewView(parseDockerfile)

func parseDockerfile(f *detect.File) ([]Instruction, error) {
	parsed, err := parser.Parse(bytes.NewReader(f.Data))
	if err != nil {
		return nil, fmt.Errorf("is not a valid Dockerfile: %w", err)
	}
	var list []Instruction
	for _, n := range parsed.AST.Children {
		i := Instruction{Name: strings.ToUpper(n.Value), At: f.Lines(n.StartLine, n.EndLine)}
		for w := n.Next; w != nil; w = w.Next {
			i.Words = append(i.Words, w.Value)
		}
		i.Text = strings.Join(i.Words, " ")
		for _, h := range n.Heredocs {
			i.Heredoc = append(i.Heredoc, h.Content)
		}
		list = append(list, i)
	}
	return list, nil
}
