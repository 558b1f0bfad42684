package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/waymark-dev/waymark/report"
)

// A progress shows how far a scan is, on a terminal only.
type progress struct {
	mu  sync.Mutex
	out io.Writer
	bar *progressbar.ProgressBar
}

// newCount returns a progress that counts repositories, of which several are
// scanned at the same time.
func newCount(stderr io.Writer, quiet bool, total int) *progress {
	p := newProgress(stderr, quiet, "repositories")
	p.files(0, total)
	return p
}

// one is told that one more is done.
func (p *progress) one() {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(p.bar.Add(1))
}

// newProgress returns a progress that shows nothing where stderr is no
// terminal or the person wants it quiet.
func newProgress(stderr io.Writer, quiet bool, name string) *progress {
	f, ok := stderr.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(stderr), progressbar.OptionSetDescription(name), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20))
	return &progress{out: stderr, bar: bar}
}

// folderName is the name of the folder at a path, whatever way that is written.
func folderName(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	return report.Plain(filepath.Base(path))
}

// files is told how many files are done.
func (p *progress) files(done, total int) {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bar.ChangeMax(total)
	p.show(p.bar.Set(done))
}

// commits is told how many commits of the history are done.
func (p *progress) commits(done int) {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bar.Describe(fmt.Sprintf("history: %d commits", done))
}

func (p *progress) end() {
	if p.bar != nil {
		p.show(p.bar.Finish())
	}
}

// show drops the error of a drawing: progress is not worth an error.
func (p *progress) show(error) {}
