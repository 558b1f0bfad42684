package main

import (
	"context"
	"fmt"
	"math/rand"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/waymark-dev/waymark/internal/repo"
)

// pass reads the history of HEAD as a scan does, and asks one question of it.
func pass(clone string) error {
	opened, err := repo.Open(context.Background(), clone, repo.Options{Rev: "HEAD"})
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }()
	_, err = opened.History.Commits()
	return err
}

// parity compares the last change of paths drawn from clones with what
// `git log -1` says, and prints each difference.
func parity(clones []string, paths int, seed int64) error {
	draw := rand.New(rand.NewSource(seed))
	compared, different := 0, 0
	for i, clone := range clones {
		share := (paths - compared) / (len(clones) - i)
		n, wrong, err := parityOf(clone, share, draw)
		if err != nil {
			return fmt.Errorf("%s: %w", clone, err)
		}
		merges := strings.TrimSpace(git(clone, "rev-list", "--count", "--min-parents=2", "HEAD"))
		fmt.Printf("%-60s %8s commits %7s merges %5d paths %3d different\n", filepath.Base(clone), strings.TrimSpace(git(clone, "rev-list", "--count", "HEAD")), merges, n, wrong)
		compared, different = compared+n, different+wrong
	}
	fmt.Printf("%d paths, %d different\n", compared, different)
	return nil
}

func parityOf(clone string, paths int, draw *rand.Rand) (compared, different int, err error) {
	opened, err := repo.Open(context.Background(), clone, repo.Options{Rev: "HEAD"})
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = opened.Close() }()
	names := strings.Split(strings.TrimRight(git(clone, "ls-tree", "-r", "-t", "-z", "--name-only", "HEAD"), "\x00"), "\x00")
	for _, i := range draw.Perm(len(names))[:min(paths, len(names))] {
		path := names[i]
		want, err := exec.Command("git", "-C", clone, "log", "-1", "--format=%H", "HEAD", "--", ":(literal)"+path).Output()
		if err != nil {
			return compared, different, fmt.Errorf("git log -1 -- %s: %w", path, err)
		}
		got, err := opened.History.LastChange(path)
		if compared++; err != nil || got.ID != strings.TrimSpace(string(want)) {
			different++
			fmt.Printf("%s: %s: %s, git log says %s (%v)\n", clone, path, got.ID, strings.TrimSpace(string(want)), err)
		}
	}
	return compared, different, nil
}
