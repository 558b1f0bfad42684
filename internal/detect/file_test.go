package detect_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

func at(s detect.Span) string {
	return fmt.Sprintf("%d:%d@%d-%d:%d@%d", s.Start.Line, s.Start.Column, s.Start.Offset, s.End.Line, s.End.Column, s.End.Offset)
}

func TestSpans(t *testing.T) {
	f := detect.NewFile("a", []byte("ab\r\ncé🚀d\n\nlast"))
	for name, c := range map[string]struct {
		span detect.Span
		want string
	}{
		"bytes":              {f.Bytes(5, 11), "2:2@5-2:4@11"},
		"bytes over lines":   {f.Bytes(1, 14), "1:2@1-4:1@14"},
		"bytes outside":      {f.Bytes(-5, 100), "1:1@0-4:5@18"},
		"bytes backwards":    {f.Bytes(5, 2), "2:2@5-2:2@5"},
		"line":               {f.Line(1), "1:1@0-1:3@2"},
		"empty line":         {f.Line(3), "3:1@13-3:1@13"},
		"line outside":       {f.Line(9), "4:1@14-4:5@18"},
		"line before":        {f.Line(-1), "1:1@0-1:3@2"},
		"lines":              {f.Lines(2, 4), "2:1@4-4:5@18"},
		"lines backwards":    {f.Lines(4, 2), "4:1@14-4:5@18"},
		"code points":        {f.At(2, 3, 1), "2:3@7-2:4@11"},
		"code points beyond": {f.At(2, 3, 100), "2:3@7-2:5@12"},
		"column beyond":      {f.At(2, 100, 1), "2:5@12-2:5@12"},
		"column before":      {f.At(2, -3, 1), "2:1@4-2:2@5"},
	} {
		if got := at(c.span); got != c.want || c.span.Path != "a" {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
	}
	if f.LineCount() != 4 || f.Whole() != (detect.Span{Path: "a"}) {
		t.Errorf("%d lines", f.LineCount())
	}
}

func TestSpansOfPlainText(t *testing.T) {
	f := detect.NewFile("a", []byte("abc\nde"))
	for want, span := range map[string]detect.Span{"1:2@1-1:4@3": f.At(1, 2, 9), "2:3@6-2:3@6": f.At(2, 9, 1), "1:4@3-1:4@3": f.At(1, 9, 9), "1:2@1-1:2@1": f.At(1, 2, -1)} {
		if at(span) != want {
			t.Errorf("%s, not %s", at(span), want)
		}
	}
	if empty := detect.NewFile("a", nil); empty.LineCount() != 1 || at(empty.Line(5)) != "1:1@0-1:1@0" {
		t.Error("an empty file has no line")
	}
}

func TestEncodings(t *testing.T) {
	for data, want := range map[string]string{
		"\xef\xbb\xbfé": "é", "\xff\xfea\x00\x3d\xd8\x80\xde": "a🚀", "\xfe\xff\x00a\xd8\x3d\xde\x80\x00": "a🚀", "\xff\xfe\x3d\xd8a\x00": "\ufffda",
		"\xff\xfe": "", "é\xff": "é\xff", "a\x00": "a\x00",
	} {
		if got := string(detect.NewFile("a", []byte(data)).Data); got != want {
			t.Errorf("%q becomes %q, not %q", data, got, want)
		}
	}
}

func TestViewDerivesOnce(t *testing.T) {
	var calls atomic.Int32
	lengths := detect.NewView(func(f *detect.File) (int, error) {
		calls.Add(1)
		return len(f.Data), errors.New("half read")
	})
	upper := detect.NewView(func(f *detect.File) (string, error) { return strings.ToUpper(string(f.Data)), nil })
	f := detect.NewFile("a", []byte("abc"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if n, err := lengths.Of(f); n != 3 || err == nil {
				t.Errorf("%d, %v", n, err)
			}
		})
	}
	wg.Wait()
	if text, _ := upper.Of(f); calls.Load() != 1 || text != "ABC" {
		t.Errorf("%d calls, %s", calls.Load(), text)
	}
}

// A file that many detectors wanted is one blind spot for people, and one that a
// single detector cannot read still names it.
func TestBlindPlacesAreListedOnce(t *testing.T) {
	a, b := &detect.Detector{ID: "a/a"}, &detect.Detector{ID: "b/b"}
	deep, odd := errors.New("is nested too deeply"), errors.New("is odd")
	o := detect.NewObserved(nil, nil, []detect.BlindSpot{{a, "x.tf", deep}, {b, "x.tf", deep}, {b, "x.tf", odd}, {a, "y.tf", deep}})
	want := []detect.BlindSpot{{nil, "x.tf", deep}, {b, "x.tf", odd}, {a, "y.tf", deep}}
	if got := o.BlindPlaces(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
