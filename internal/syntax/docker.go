package syntax

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// An Instruction is one instruction of a Dockerfile, continuation lines
// joined.
type Instruction struct {
	// Name is in upper case: "FROM", "RUN".
	Name string
	// Flags are the options in front of the words: "--mount=type=cache".
	Flags []string
	// Words are what follows, as Docker splits it.
	Words []string
	// Text is what follows the name and the flags, on one line for shell forms.
	Text string
	// Exec says that the words are written as a JSON list and no shell reads
	// them.
	Exec bool
	At   detect.Span
	// Heredoc holds the bodies of here-documents.
	Heredoc []string
	// Deferred is the instruction that ONBUILD holds back; else nil.
	Deferred *Instruction

	source string
}

// Dockerfile is the view of a file as the instructions of a Dockerfile.
var Dockerfile = detect.NewView(parseDockerfile)

// What a Dockerfile may hold: the parser joins continuation lines one by one,
// and calls itself for each ONBUILD.
const (
	maxDockerfileSize = 256 << 10
	maxDeferred       = 1_000
)

// instructed matches a line that is neither empty nor a comment.
var instructed = regex.New(`(?m)^\s*[^\s#]`)

func parseDockerfile(f *detect.File) ([]Instruction, error) {
	switch {
	case len(f.Data) > maxDockerfileSize:
		return nil, fmt.Errorf("is too large for a Dockerfile: the limit is %d bytes", maxDockerfileSize)
	case bytes.Count(bytes.ToUpper(f.Data), []byte("ONBUILD")) > maxDeferred:
		return nil, errNested
	case !instructed.Match(f.Data):
		return nil, nil
	}
	parsed, err := parser.Parse(bytes.NewReader(f.Data))
	if err != nil {
		return nil, &invalid{"Dockerfile", err}
	}
	var list []Instruction
	for _, n := range parsed.AST.Children {
		i := instruction(n)
		i.At = f.Lines(n.StartLine, n.EndLine)
		i.source = string(f.Data[i.At.Start.Offset:i.At.End.Offset])
		for d := i.Deferred; d != nil; d = d.Deferred {
			d.At, d.source = i.At, i.source
		}
		list = append(list, i)
	}
	return list, nil
}

func instruction(n *parser.Node) Instruction {
	i := Instruction{Name: strings.ToUpper(n.Value), Flags: n.Flags, Exec: n.Attributes["json"]}
	for w := n.Next; w != nil; w = w.Next {
		if len(w.Children) > 0 {
			inner := instruction(w.Children[0])
			i.Deferred = &inner
			continue
		}
		i.Words = append(i.Words, w.Value)
	}
	i.Text = strings.Join(i.Words, " ")
	for _, h := range n.Heredocs {
		i.Heredoc = append(i.Heredoc, h.Content)
	}
	return i
}

// Script is the shell text of the instruction and the line of the file that
// it begins on: its lines are those of the file, so that the lines of its
// commands can be added. It is empty where no shell reads the instruction.
func (i Instruction) Script() (string, int) {
	if i.Exec || i.Text == "" || i.Deferred != nil {
		return "", 0
	}
	lines := strings.Split(i.source, "\n")
	if strings.HasPrefix(i.Text, "<<") && !strings.Contains(i.Text, " ") {
		return strings.Join(lines[1:max(len(lines)-1, 1)], "\n"), i.At.Start.Line + 1
	}
	for n, line := range lines[1:] {
		// Docker leaves comments and empty lines out of what is continued.
		if line = strings.TrimSpace(line); len(i.Heredoc) == 0 && (line == "" || line[0] == '#') {
			lines[n+1] = `\`
		}
	}
	lines[0] = i.behindName(lines[0])
	return strings.Join(lines, "\n"), i.At.Start.Line
}

// behindName is what follows the name and the flags on the first line.
func (i Instruction) behindName(line string) string {
	for {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		flag := strings.HasPrefix(word, "--") && len(i.Flags) > 0
		if !strings.EqualFold(word, i.Name) && !strings.EqualFold(word, "ONBUILD") && !flag {
			return strings.TrimSpace(line)
		}
		line = rest
	}
}
