package docs

import (
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// A paper is what the detectors of this family share of one document.
type paper struct {
	*syntax.Page
	kind   Kind
	notice string
	typed  []typed
}

// papers is the view of a file as a paper. The error of a file that does not
// parse is told by Documents alone.
var papers = detect.NewView(func(f *detect.File) (paper, error) {
	page, err := syntax.Document(f)
	if err != nil {
		return paper{}, err
	}
	kind := kindOf(f.Path, page)
	return paper{Page: page, kind: kind, notice: noticeOf(f.Path, kind, page), typed: commandsOf(f, page)}, nil
})

// advice is the paper of a document that is to be followed today; false for
// licences, for what tells of its time, and for what does not parse.
func advice(f *detect.File) (paper, bool) {
	if licence(f.Path) {
		return paper{}, false
	}
	p, err := papers.Of(f)
	return p, err == nil && Document{Kind: p.kind, Notice: p.notice}.lasting()
}
