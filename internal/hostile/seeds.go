package hostile

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The bounds of Seeds: more would only slow the fuzzer down before it begins.
const (
	maxSeeds    = 300
	maxSeedSize = 1 << 15
)

// Seeds adds to a fuzz target the contents of real files with the given names or
// endings (".yaml"), from the folder that WAYMARK_SEEDS names. Without it there are
// none: nothing of other repositories is kept in this one.
func Seeds(f *testing.F, add func(path string, data []byte), endings ...string) {
	f.Helper()
	root := os.Getenv("WAYMARK_SEEDS")
	if root == "" {
		return
	}
	left := maxSeeds
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case left == 0:
			return fs.SkipAll
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case !d.Type().IsRegular() || !slices.Contains(endings, d.Name()) && !slices.Contains(endings, filepath.Ext(path)):
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > maxSeedSize {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil {
			add(d.Name(), data)
			left--
		}
		return err
	})
	if err != nil {
		f.Fatalf("reading the seeds in WAYMARK_SEEDS: %v", err)
	}
}
