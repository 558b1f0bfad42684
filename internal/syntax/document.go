package syntax

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Document is the page of a document in any of the formats that are read,
// chosen by its extension.
func Document(f *detect.File) (*Page, error) {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".rst":
		return RST.Of(f)
	case ".adoc", ".asciidoc", ".asc":
		return Asciidoc.Of(f)
	}
	return Markdown.Of(f)
}
