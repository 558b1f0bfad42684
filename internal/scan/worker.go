package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Why a detector could not look at a file that was read.
var (
	ErrBinary = errors.New("is binary: it holds NUL bytes")
	// ErrNested says that no parser should be given the file, and that what looks
	// at its lines only would take it for what it is not.
	ErrNested = errors.New("is nested too deeply to be read")
	// ErrFailed says that a hook of the detector panicked.
	ErrFailed = errors.New("the detector failed here, please report it")
)

type worker struct {
	repo *detect.Repo
	read func(string) ([]byte, error)
	opts Options
}

// files looks at all files. A file is looked at in a goroutine that serves many:
// its stack has then the size that parsers need.
func (w worker) files(ctx context.Context, work []job, c *collector) error {
	c.expect(len(work))
	var next atomic.Int64
	return parallel(ctx, w.opts.Jobs, min(w.opts.Jobs, len(work)), func(ctx context.Context, _ int) error {
		r := w.newRunner()
		defer func() { r.stop() }()
		for i := int(next.Add(1)) - 1; i < len(work); i = int(next.Add(1)) - 1 {
			b, err := r.inTime(ctx, work[i])
			if err != nil {
				return err
			}
			if b == nil {
				b, r = blindTo(work[i], fmt.Errorf("took longer than %s and was left", w.opts.FileTime)), w.newRunner()
			}
			c.put(i, b)
		}
		return nil
	})
}

// A runner looks at one file after the other in a goroutine of its own.
type runner struct {
	jobs  chan job
	done  chan *batch
	timer *time.Timer
	limit time.Duration
}

func (w worker) newRunner() *runner {
	r := &runner{make(chan job), make(chan *batch, 1), time.NewTimer(w.opts.FileTime), w.opts.FileTime}
	go func() {
		for j := range r.jobs {
			r.done <- w.file(j)
		}
	}()
	return r
}

func (r *runner) stop() { close(r.jobs) }

// inTime looks at one file. It gives nothing where the hooks do not come back in
// time: then the runner is left behind with all that was seen in the file.
func (r *runner) inTime(ctx context.Context, j job) (*batch, error) {
	r.jobs <- j
	r.timer.Reset(r.limit)
	select {
	case b := <-r.done:
		return b, nil
	case <-r.timer.C:
		r.stop()
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w worker) file(j job) *batch {
	var data []byte
	err := guard(func() (err error) {
		data, err = w.read(j.path)
		return err
	})
	switch {
	case err != nil:
		return blindTo(j, err)
	case len(data) > w.opts.MaxFileSize:
		return blindTo(j, fmt.Errorf("is too large: the limit for one file is %d bytes", w.opts.MaxFileSize))
	}
	f := detect.NewFile(j.path, data)
	switch {
	case bytes.IndexByte(f.Data, 0) >= 0:
		return blindTo(j, ErrBinary)
	case tooDeep(f.Data):
		return blindTo(j, ErrNested)
	}
	b := &batch{limit: w.opts.MaxFindings}
	for _, d := range j.detectors {
		p := detect.NewPass(d, w.repo, b)
		if err := guard(func() error { return d.File(p, f) }); err != nil {
			p.Blind(f.Path, err)
		}
	}
	b.close()
	return b
}

// hooks runs the Repo hooks.
func (w worker) hooks(ctx context.Context, ds []*detect.Detector, c *collector) error {
	batches := make([]*batch, len(ds))
	err := parallel(ctx, w.opts.Jobs, len(ds), func(ctx context.Context, i int) error {
		batches[i] = &batch{limit: w.opts.MaxFindings, before: c}
		if ds[i].Repo == nil {
			return nil
		}
		return w.hook(ctx, ds[i], batches[i])
	})
	if err != nil {
		return err
	}
	for _, b := range batches {
		b.close()
		c.take(b)
	}
	return nil
}

// hook runs one Repo hook; one that is still at work when the context ends is
// left behind.
func (w worker) hook(ctx context.Context, d *detect.Detector, b *batch) error {
	done := make(chan error, 1)
	p := detect.NewPass(d, w.repo, b)
	go func() { done <- guard(func() error { return d.Repo(p) }) }()
	select {
	case err := <-done:
		if err != nil {
			p.Blind("", err)
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// guard turns a panic of a hook into an error, so that one bad file does not
// end the scan.
func guard(hook func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrFailed, r)
		}
	}()
	return hook()
}

func blindTo(j job, err error) *batch {
	b := &batch{}
	for _, d := range j.detectors {
		b.BlindSpot(detect.BlindSpot{Detector: d, Path: j.path, Err: err})
	}
	b.close()
	return b
}
