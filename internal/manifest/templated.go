package manifest

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// Filled says whether a part of the text is filled in later: by a template
// engine, by Flux, OpenShift or envsubst, or by a shell.
func Filled(text string) bool {
	return strings.Contains(text, "{{") || strings.Contains(text, "${") || strings.Contains(text, "$(") ||
		strings.Contains(text, "<%") || strings.Contains(text, hole)
}

// hole is what the tolerant view leaves of a template action.
const hole = "~~~~"

// Documents are the YAML documents of a file, and whether a template engine
// makes them.
func Documents(f *detect.File) (syntax.Documents, bool, error) {
	if !bytes.Contains(f.Data, []byte("{{")) || !InTemplates(f.Path) {
		docs, err := syntax.Data(f)
		if !errors.Is(err, syntax.ErrTemplated) {
			return docs, false, err
		}
	}
	docs, err := templated.Of(f)
	return docs, true, err
}

// InTemplates says whether a path lies in a folder named templates, where Helm
// looks for templates.
func InTemplates(p string) bool {
	return strings.HasPrefix(p, "templates/") || strings.Contains(path.Dir(p)+"/", "/templates/")
}

// templated is the view of a template as the YAML that is left when its
// actions are blanked out: lines of actions only become empty, an action
// inside a line becomes a scalar of the same length.
var templated = detect.NewView(func(f *detect.File) (syntax.Documents, error) {
	return syntax.YAML.Of(detect.NewFile(f.Path, blank(f.Data)))
})

func blank(data []byte) []byte {
	out := bytes.Clone(data)
	for at := 0; at < len(out); {
		open := bytes.Index(out[at:], []byte("{{"))
		if open < 0 {
			break
		}
		open += at
		length := bytes.Index(out[open:], []byte("}}"))
		if length < 0 {
			break
		}
		end := open + length + 2
		for end < len(out) && out[end] == '}' {
			end++
		}
		fill := byte('~')
		if start, stop := lineBounds(out, open, end); len(bytes.TrimSpace(out[start:open])) == 0 && actionsOnly(out[end:stop]) {
			fill = ' '
		}
		for i := open; i < end; i++ {
			if out[i] != '\n' && out[i] != '\r' {
				out[i] = fill
			}
		}
		at = end
	}
	return out
}

// lineBounds are the start of the line of one offset and the end of the line
// of another.
func lineBounds(data []byte, from, to int) (int, int) {
	start := bytes.LastIndexByte(data[:from], '\n') + 1
	stop := bytes.IndexByte(data[to:], '\n')
	if stop < 0 {
		return start, len(data)
	}
	return start, to + stop
}

// actionsOnly says whether nothing but actions and white space is left of a
// line.
func actionsOnly(rest []byte) bool {
	for {
		rest = bytes.TrimSpace(rest)
		if len(rest) == 0 {
			return true
		}
		end := bytes.Index(rest, []byte("}}"))
		if !bytes.HasPrefix(rest, []byte("{{")) || end < 0 {
			return false
		}
		rest = rest[end+2:]
	}
}
