package report

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

func TestTheSameEvidenceOfAPlaceIsShownOnce(t *testing.T) {
	at := detect.Span{Path: "Makefile", Start: detect.Point{Line: 64}}
	signs := evidence(rules.Result{Signs: []rules.Sign{
		{Subject: "tests of a", Mark: rules.Good, At: at, Note: "go test"},
		{Subject: "tests of b", Mark: rules.Good, At: at, Note: "go test"},
		{Subject: "tests of b", Mark: rules.Weak, At: at, Note: "go test"},
	}})
	if len(signs) != 2 {
		t.Errorf("%d signs are shown, want the good and the weak one", len(signs))
	}
}
