package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Repositories that are scanned at the same time are reported in the order in
// which they were named, as they are one after the other, and without those
// that cannot be scanned.
func TestSeveralRepositoriesAtOnceKeepTheirOrder(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	args := []string{"scan", "--format", "json"}
	for i := range 12 {
		var files []txtar.File
		for n := range 12 - i {
			files = append(files, txtar.File{Name: fmt.Sprintf("m%d.tf", n), Data: []byte("resource \"null_resource\" \"a\" {}\n")})
		}
		args = append(args, checkout(t, files))
		if i == 5 {
			args = append(args, nowhere, nowhere)
		}
	}
	code, one, _ := waymark(t, append(args, "--jobs", "1")...)
	together, many, stderr := waymark(t, append(args, "--jobs", "6")...)
	if code != exitIncomplete || together != exitIncomplete || strings.Count(stderr, "nowhere") != 2 {
		t.Errorf("exit codes %d and %d and %q, want %d naming the path that failed, each time", code, together, stderr, exitIncomplete)
	}
	if one != many {
		t.Error("repositories that are scanned at the same time are reported otherwise")
	}
	var r struct{ Repositories []struct{ Files int } }
	must(t, json.Unmarshal([]byte(many), &r))
	for i, repository := range r.Repositories {
		if want := 12 - i; repository.Files != want {
			t.Errorf("repository %d has %d files, want %d", i, repository.Files, want)
		}
	}
	if len(r.Repositories) != 12 {
		t.Errorf("%d repositories are reported, want the 12 that could be scanned", len(r.Repositories))
	}
}
