package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/waymark-dev/waymark/report"
)

// readBaseline reads the baseline that was given; nil where there is none.
func readBaseline(s settings) ([]report.Snapshot, error) {
	if s.baseline == "" {
		if s.writeBaseline {
			return nil, errors.New("--write-baseline needs --baseline FILE, which says where to")
		}
		return nil, nil
	}
	data, err := os.ReadFile(s.baseline)
	switch {
	case s.writeBaseline:
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("--baseline %s: there is no such file: write it with --write-baseline", s.baseline)
	case err != nil:
		return nil, fmt.Errorf("--baseline %s: %w", s.baseline, plain(err))
	}
	list, err := report.ReadBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("--baseline %s: %w", s.baseline, err)
	}
	return list, nil
}

// compareWith marks the gaps that are new since a baseline, and gives the
// comparisons by the names of the repositories. A repository that the baseline
// does not know is new as a whole.
func compareWith(list []report.Snapshot, r report.Report) map[string]report.Comparison {
	compared := map[string]report.Comparison{}
	for _, repository := range r.Repositories {
		if base, ok := report.Of(list, repository.Name); ok {
			c := report.Compare(base, report.SnapshotOf(repository))
			c.Mark(repository.Gaps)
			compared[repository.Name] = c
		}
	}
	return compared
}

// writeBaseline writes the baseline file.
func writeBaseline(s settings, r report.Report) error {
	data, err := report.WriteBaseline(r)
	if err != nil {
		return err
	}
	if err := writeWhole(s.baseline, data); err != nil {
		return unwritten(s.baseline, err)
	}
	return nil
}
