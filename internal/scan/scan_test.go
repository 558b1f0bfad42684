package scan_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/scan"
)

type files map[string]string

func (f files) read(path string) ([]byte, error) {
	text, ok := f[path]
	if !ok {
		return nil, fs.ErrPermission
	}
	return []byte(text), nil
}

func (f files) repo(more ...detect.Entry) *detect.Repo {
	entries := more
	for path := range f {
		entries = append(entries, detect.Entry{Path: path})
	}
	return &detect.Repo{Name: "test", Tree: detect.NewTree(entries, nil)}
}

func run(t *testing.T, f files, opts scan.Options, ds ...*detect.Detector) *detect.Observed {
	t.Helper()
	o, err := scan.Run(t.Context(), f.repo(), f.read, ds, opts)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// saw is everything that was observed, a line for each.
func saw(o *detect.Observed) []string {
	var list []string
	for f := range o.Findings() {
		list = append(list, fmt.Sprintf("%s %s:%d %s", f.Detector.ID, f.At.Path, f.At.Start.Line, f.Subject))
	}
	for _, b := range o.BlindSpots {
		list = append(list, fmt.Sprintf("%s blind at %q: %v", b.Detector.ID, b.Path, b.Err))
	}
	return list
}

func want(t *testing.T, o *detect.Observed, list ...string) {
	t.Helper()
	if diff := cmp.Diff(list, saw(o)); diff != "" {
		t.Errorf("-want +is:\n%s", diff)
	}
}

// lines reports each line of a file.
func lines(p *detect.Pass, f *detect.File) error {
	for n := f.LineCount(); n > 0; n-- {
		p.Report("line", f.Line(n), "", nil)
	}
	return nil
}

func TestFindingsAreSorted(t *testing.T) {
	f := files{"b.txt": "1\n2", "a.txt": "1", "z/c.txt": "1", "c.md": "1"}
	a := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: lines}
	b := &detect.Detector{ID: "test/b", Match: []string{"**/*.md"}, File: lines}
	for jobs := 1; jobs < 5; jobs++ {
		want(t, run(t, f, scan.Options{Jobs: jobs}, b, a),
			"test/a a.txt:1 line", "test/a b.txt:1 line", "test/a b.txt:2 line", "test/a z/c.txt:1 line", "test/b c.md:1 line")
	}
}

func TestFileIsReadOnceAndOnlyIfWanted(t *testing.T) {
	f := files{"a.txt": "1", "b.md": "2", "vendor/a.txt": "3", "dist/a.txt": "4"}
	repo := f.repo(detect.Entry{Path: "link.txt", Mode: detect.Symlink, Target: "a.txt"}, detect.Entry{Path: "sub.txt", Mode: detect.Submodule})
	repo.Tree = detect.NewTree(repo.Tree.Entries(), map[string]detect.Place{"dist/a.txt": detect.Generated})
	var mu sync.Mutex
	var read []string
	reader := func(path string) ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		read = append(read, path)
		return f.read(path)
	}
	a := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: lines}
	b := &detect.Detector{ID: "test/b", Match: []string{"**/a.*"}, File: lines}
	if _, err := scan.Run(t.Context(), repo, reader, []*detect.Detector{a, b}, scan.Options{}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(read, []string{"a.txt"}) {
		t.Errorf("read %q", read)
	}
}

func TestOneBadFileBlindsNobodyElse(t *testing.T) {
	f := files{"a.txt": "1", "binary.txt": "\x00", "broken.txt": "1", "large.txt": strings.Repeat("x", 101), "panics.txt": "1", "b.txt": "1"}
	d := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: func(p *detect.Pass, f *detect.File) error {
		switch f.Path {
		case "broken.txt":
			return errors.New("is broken")
		case "panics.txt":
			var none []int
			_ = none[len(f.Path)]
		}
		return lines(p, f)
	}}
	other := &detect.Detector{ID: "test/b", Match: []string{"**/panics.txt"}, File: lines}
	repo := f.repo(detect.Entry{Path: "secret.txt"})
	o, err := scan.Run(t.Context(), repo, f.read, []*detect.Detector{d, other}, scan.Options{MaxFileSize: 100})
	if err != nil {
		t.Fatal(err)
	}
	want(t, o, "test/a a.txt:1 line", "test/a b.txt:1 line", "test/b panics.txt:1 line",
		`test/a blind at "binary.txt": is binary: it holds NUL bytes`,
		`test/a blind at "broken.txt": is broken`,
		`test/a blind at "large.txt": is too large: the limit for one file is 100 bytes`,
		`test/a blind at "panics.txt": the detector failed here, please report it: runtime error: index out of range [10] with length 0`,
		`test/a blind at "secret.txt": permission denied`)
}

func TestSlowFileIsLeft(t *testing.T) {
	release := make(chan bool)
	defer close(release)
	d := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: func(p *detect.Pass, f *detect.File) error {
		if f.Path == "slow.txt" {
			p.Report("early", f.Whole(), "", nil)
			<-release
			p.Report("late", f.Whole(), "", nil)
		}
		return lines(p, f)
	}}
	want(t, run(t, files{"a.txt": "1", "slow.txt": "1", "z.txt": "1"}, scan.Options{Jobs: 1, FileTime: 20 * time.Millisecond}, d),
		"test/a a.txt:1 line", "test/a z.txt:1 line", `test/a blind at "slow.txt": took longer than 20ms and was left`)
}

func TestFindingsAreBounded(t *testing.T) {
	f := files{"a.txt": "1\n2", "b.txt": "1\n2", "c.txt": "1\n2\n3\n4"}
	d := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: lines}
	other := &detect.Detector{ID: "test/b", Match: []string{"c.txt"}, File: func(p *detect.Pass, f *detect.File) error {
		p.Report("other", f.Whole(), "", nil)
		return nil
	}}
	for jobs := 1; jobs < 4; jobs++ {
		want(t, run(t, f, scan.Options{Jobs: jobs, MaxFindings: 3}, d, other),
			"test/a a.txt:1 line", "test/a a.txt:2 line", "test/a b.txt:2 line", "test/b c.txt:0 other",
			`test/a blind at "b.txt": more than 3 findings: those from here on were not kept`,
			`test/a blind at "c.txt": more than 3 findings: those from here on were not kept`)
	}
}

func TestRepoHooksSeeWhatFileHooksReported(t *testing.T) {
	a := &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: lines}
	a.Repo = func(p *detect.Pass) error {
		p.Report("own", detect.Span{}, "", nil)
		return nil
	}
	b := &detect.Detector{ID: "test/b", Repo: func(p *detect.Pass) error {
		for _, f := range p.Findings(a) {
			p.Report("again", f.At, "", nil)
		}
		return errors.New("knows no history")
	}}
	c := &detect.Detector{ID: "test/c", Repo: func(*detect.Pass) error {
		var none *detect.Finding
		_ = none.Subject
		return nil
	}}
	want(t, run(t, files{"a.txt": "1", "b.txt": "1"}, scan.Options{}, c, b, a),
		"test/a :0 own", "test/a a.txt:1 line", "test/a b.txt:1 line", "test/b a.txt:1 again", "test/b b.txt:1 again",
		`test/b blind at "": knows no history`,
		`test/c blind at "": the detector failed here, please report it: runtime error: invalid memory address or nil pointer dereference`)
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan bool)
	defer close(block)
	hang := func(*detect.Pass, *detect.File) error { cancel(); <-block; return nil }
	for _, d := range []*detect.Detector{
		{ID: "test/a", Match: []string{"**/*.txt"}, File: hang},
		{ID: "test/b", Repo: func(p *detect.Pass) error { return hang(p, nil) }},
	} {
		f := files{"a.txt": "1", "b.txt": "1"}
		if _, err := scan.Run(ctx, f.repo(), f.read, []*detect.Detector{d}, scan.Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", d.ID, err)
		}
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	f := files{}
	for i := range 1_000 {
		f[fmt.Sprintf("%d.txt", i)] = ""
	}
	var calls, last atomic.Int64
	run(t, f, scan.Options{Progress: func(done, total int) {
		if total != 1_000 || int64(done) < last.Load() {
			t.Errorf("%d of %d", done, total)
		}
		last.Store(int64(done))
		calls.Add(1)
	}}, &detect.Detector{ID: "test/a", Match: []string{"**/*.txt"}, File: nothing})
	if last.Load() != 1_000 || calls.Load() > 400 {
		t.Errorf("%d calls, up to %d", calls.Load(), last.Load())
	}
}

func nothing(*detect.Pass, *detect.File) error { return nil }
