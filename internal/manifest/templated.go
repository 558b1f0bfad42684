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
// engine, by Flux, OpenShift or envsubst, by a shell, or by a script that
// replaces tokens.
func Filled(text string) bool {
	return strings.Contains(text, "{{") || strings.Contains(text, "${") || strings.Contains(text, "$(") ||
		strings.Contains(text, "{%") || strings.Contains(text, "<%") || detect.Token(text)
}

// Documents are the YAML documents of a file, and whether a template engine
// makes them.
func Documents(f *detect.File) (syntax.Documents, bool, error) {
	if !bytes.Contains(f.Data, []byte("{{")) || !InTemplates(f.Path) {
		docs, err := syntax.Data(f)
		if !errors.Is(err, syntax.ErrTemplated) {
			return docs, false, err
		}
	}
	docs, err := syntax.TemplatedYAML.Of(f)
	return docs, true, err
}

// InTemplates says whether a path lies in a folder named templates, where Helm
// looks for templates.
func InTemplates(p string) bool {
	return strings.HasPrefix(p, "templates/") || strings.Contains(path.Dir(p)+"/", "/templates/")
}
