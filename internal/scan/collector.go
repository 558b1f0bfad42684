package scan

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A batch is what the hooks reported about one file, or what one Repo hook
// reported. What comes after it was closed is lost.
type batch struct {
	mu     sync.Mutex
	closed bool
	// limit bounds the findings of each detector, which come one detector after
	// the other: count are those of reporter so far.
	limit    int
	reporter *detect.Detector
	count    int
	findings []detect.Finding
	blind    []detect.BlindSpot
	before   *collector
}

// Finding implements detect.Sink.
func (b *batch) Finding(f detect.Finding) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	if f.Detector != b.reporter {
		b.reporter, b.count = f.Detector, 0
	}
	b.count++
	switch {
	case b.count <= b.limit:
		b.findings = append(b.findings, f)
	case b.count == b.limit+1:
		b.blind = append(b.blind, detect.BlindSpot{Detector: f.Detector, Path: f.At.Path, Err: tooMany(b.limit)})
	}
}

// BlindSpot implements detect.Sink.
func (b *batch) BlindSpot(s detect.BlindSpot) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.blind = append(b.blind, s)
	}
}

// Findings implements detect.Sink.
func (b *batch) Findings(d *detect.Detector) []detect.Finding {
	if b.before == nil {
		return nil
	}
	return b.before.of(d)
}

func (b *batch) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
}

// A collector takes the batches of all files in the order of their paths, so
// that a limit always cuts at the same place.
type collector struct {
	mu      sync.Mutex
	opts    Options
	pending []*batch
	next    int
	// findings are those of each detector, up to a limit; full says that it had more.
	findings map[*detect.Detector][]detect.Finding
	blind    []detect.BlindSpot
	full     map[*detect.Detector]bool
}

func newCollector(opts Options) *collector {
	return &collector{opts: opts, findings: map[*detect.Detector][]detect.Finding{}, full: map[*detect.Detector]bool{}}
}

// expect says that the batches of n files follow those that were taken.
func (c *collector) expect(n int) { c.pending, c.next = make([]*batch, n), 0 }

// put hands over the batch of file i.
func (c *collector) put(i int, b *batch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[i] = b
	before := c.next
	for c.next < len(c.pending) && c.pending[c.next] != nil {
		c.take(c.pending[c.next])
		c.pending[c.next] = nil
		c.next++
	}
	total := len(c.pending)
	if step := total/200 + 1; c.next/step != before/step || c.next == total {
		c.opts.Progress(c.next, total)
	}
}

func (c *collector) take(b *batch) {
	c.blind = append(c.blind, b.blind...)
	for _, f := range b.findings {
		switch {
		case len(c.findings[f.Detector]) < c.opts.MaxFindings:
			c.findings[f.Detector] = append(c.findings[f.Detector], f)
		case !c.full[f.Detector]:
			c.full[f.Detector] = true
			c.blind = append(c.blind, detect.BlindSpot{Detector: f.Detector, Path: f.At.Path, Err: tooMany(c.opts.MaxFindings)})
		}
	}
}

func tooMany(n int) error {
	return fmt.Errorf("more than %d findings: those from here on were not kept", n)
}

// of are the findings of the File hooks of a detector.
func (c *collector) of(d *detect.Detector) []detect.Finding { return slices.Clip(c.findings[d]) }

// sort puts everything into its final order.
func (c *collector) sort() {
	for _, findings := range c.findings {
		slices.SortStableFunc(findings, compareFindings)
	}
	slices.SortStableFunc(c.blind, compareBlind)
}

func compareFindings(a, b detect.Finding) int {
	return cmp.Or(
		cmp.Compare(a.At.Path, b.At.Path),
		cmp.Compare(a.At.Start.Offset, b.At.Start.Offset),
		cmp.Compare(a.At.Start.Line, b.At.Start.Line),
		cmp.Compare(a.At.End.Offset, b.At.End.Offset),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Note, b.Note),
	)
}

func compareBlind(a, b detect.BlindSpot) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Detector.ID, b.Detector.ID),
		cmp.Compare(a.Err.Error(), b.Err.Error()),
	)
}
