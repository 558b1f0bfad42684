package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
)

// Why a detector could not look at a file that was read.
var (
	ErrBinary = errors.New("is binary: it holds NUL bytes")
	// ErrFailed says that a hook of the detector panicked.
	ErrFailed = errors.New("the detector failed here, please report it")
)

type worker struct {
	repo *detect.Repo
	read func(string) ([]byte, error)
	opts Options
}

func (w worker) files(ctx context.Context, work []job, c *collector) error {
	return parallel(ctx, w.opts.Jobs, len(work), func(ctx context.Context, i int) error {
		b, err := w.inTime(ctx, work[i])
		if err != nil {
			return err
		}
		c.put(i, b)
		return nil
	})
}

// inTime looks at one file. A hook that does not come back in time is left
// behind with all that was seen in the file, and the file is a blind spot of
// every detector that wanted it.
func (w worker) inTime(ctx context.Context, j job) (*batch, error) {
	done := make(chan *batch, 1)
	go func() { done <- w.file(j) }()
	timer := time.NewTimer(w.opts.FileTime)
	defer timer.Stop()
	select {
	case b := <-done:
		return b, nil
	case <-timer.C:
		return blindTo(j, fmt.Errorf("took longer than %s and was left", w.opts.FileTime)), nil
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
	if bytes.IndexByte(f.Data, 0) >= 0 {
		return blindTo(j, ErrBinary)
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
