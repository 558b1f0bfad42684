package docs

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// itemOfFolder matches a line that begins an item of a list, or a row of a
// table, with one word in code.
var itemOfFolder = regex.New("^\\s*(?:[-*+]|\\d+[.)]|\\|)\\s*[*_]{0,2}`([A-Za-z][\\w-]{1,40})/?`")

// listedOf are the words in code with which items of lists begin.
func listedOf(name string, f *detect.File, page *syntax.Page) []mention {
	var found []mention
	for _, code := range page.Code[:min(len(page.Code), maxSpans)] {
		line := f.Line(code.At.Start.Line)
		m := itemOfFolder.FindStringSubmatch(string(f.Data[line.Start.Offset:line.End.Offset]))
		if m != nil && m[1] == strings.TrimSuffix(code.Text, "/") {
			found = append(found, mention{written: code.Text, path: m[1], dir: ".", at: code.At, gone: tellsOfChange(name, f, page, code.At, false)})
		}
	}
	return found
}

// minFolders is how many folders beside a document, which it lists, make its
// list one of folders.
const minFolders = 3

// folders are the words, of those with which a document's items begin, that can
// only be names of folders: most of their kind are.
func (s *shelf) folders(document string, listed []mention) []mention {
	there := 0
	for _, m := range listed {
		if s.repo.Tree.Folder(path.Join(path.Dir(document), m.path)) {
			there++
		}
	}
	if there < minFolders || there*2 < len(listed) {
		return nil
	}
	return listed
}
