package tasks

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

// outline tells what a reader saw: name, needs, and commands with their lines.
func outline(t *testing.T, read reader, name, text string) []string {
	t.Helper()
	tree := detect.NewTree([]detect.Entry{{Path: name}}, nil)
	found, err := read(tree, detect.NewFile(name, []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, task := range found {
		all = append(all, strings.Join(append([]string{task.Name}, task.Needs...), " < "))
		for _, c := range task.Commands {
			row := strings.Repeat("|", c.At.Start.Line) + " " + strings.Join(c.Words, " ")
			if c.Swallowed != "" {
				row += " (" + c.Swallowed + ")"
			}
			all = append(all, row)
		}
	}
	return all
}

func TestRecipes(t *testing.T) {
	for name, c := range map[string]struct {
		read       reader
		file, text string
		want       []string
	}{
		"make": {makefile, "Makefile", "GO ?= go\nall: a b\n\t@$(GO) test \\\n\t  $(FLAGS) $$HOME\n\t-rm x; $(MAKE) b\nc d: ; echo $@\n", []string{
			"all < a < b", "||| go test $(FLAGS) $HOME", "||||| rm x (make's - prefix)", "||||| make b (make's - prefix)", "c", "|||||| echo $@", "d", "|||||| echo $@",
		}},
		"just": {justfile, "justfile", "v := '1'\na x='1:2' *rest: b (c x)\n  -@go vet\nb:\n  #!/bin/sh\n  set -e\n  go test\n", []string{
			"a < b < c", "||| go vet (just's - prefix)", "b", "||||||| go test",
		}},
		"task": {taskfile, "Taskfile.yml", "version: '3'\ntasks:\n  a:\n    cmds:\n      - |\n        go vet\n        go test\n      - {cmd: rm x, ignore_error: true}\n", []string{
			"a", "|||||| go vet", "||||||| go test", "|||||||| rm x (ignore_error)",
		}},
	} {
		if diff := cmp.Diff(c.want, outline(t, c.read, c.file, c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTasksThatMayNotBeAll(t *testing.T) {
	for text, c := range map[string]struct {
		read reader
		file string
		open bool
	}{
		"a:\n\tgo test\n":                        {makefile, "Makefile", false},
		"include $(HOME)/x.mk\na:\n\tgo test\n":  {makefile, "Makefile", true},
		"-include gone.mk\na:\n\tgo test\n":      {makefile, "Makefile", true},
		"include Makefile\na:\n\tgo test\n":      {makefile, "Makefile", false},
		"test-%:\n\tgo test\na:\n\tgo test\n":    {makefile, "Makefile", true},
		"mod web\na:\n  go test\n":               {justfile, "justfile", true},
		"a:\n  go test\n":                        {justfile, "justfile", false},
		"includes: {x: ./x}\ntasks: {a: ls}\n":   {taskfile, "Taskfile.yml", true},
		"require 'bundler/gem_tasks'\ntask :a\n": {rake, "Rakefile", true},
		"require 'yaml'\ntask :a\n":              {rake, "Rakefile", false},
	} {
		found, err := c.read(detect.NewTree([]detect.Entry{{Path: c.file}}, nil), detect.NewFile(c.file, []byte(text)))
		if err != nil || len(found) == 0 || found[0].Open != c.open {
			t.Errorf("%q: %v, %v", text, found, err)
		}
	}
}
