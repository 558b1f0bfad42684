package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/term"

	"github.com/waymark-dev/waymark/report"
)

// A format is a name of --format with its writer.
type format struct {
	name  string
	write func(settings, io.Writer) report.Writer
	// one says that a file is about one repository: several need a folder.
	one bool
}

// formats are the formats of a report; the writer may depend on where it goes.
var formats = []format{
	{name: "table", write: func(s settings, w io.Writer) report.Writer { return terminal(s, w).Write }},
	{name: "json", write: func(settings, io.Writer) report.Writer { return report.JSON }},
	{name: "sarif", one: true, write: func(s settings, _ io.Writer) report.Writer {
		return report.SARIF{Full: s.sarifProfile == "full", Absences: s.sarifAbsences}.Write
	}},
	{name: "html", write: func(settings, io.Writer) report.Writer { return report.HTML }},
	{name: "markdown", write: func(settings, io.Writer) report.Writer { return report.Markdown }},
	{name: "github", write: func(settings, io.Writer) report.Writer { return report.GitHub }},
	{name: "gitlab", write: func(settings, io.Writer) report.Writer { return report.GitLab }},
}

func formatNames() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

func formatOf(name string) (format, error) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		return format{}, notOneOf("format", name, formatNames()...)
	}
	return formats[i], nil
}

// terminal says how the table is drawn on a writer.
func terminal(s settings, w io.Writer) report.Terminal {
	t := report.Terminal{Verbose: s.verbose, Color: s.color == "always"}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			t.Width = width
		}
		t.Color = s.color == "always" || s.color == "auto" && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return t
}

// A target is one report to write; an empty file means standard output.
type target struct {
	format format
	file   string
	// folder says that file is a folder, for a report of each repository.
	folder bool
}

// targetsOf are the reports that the flags ask for, of so many repositories.
func targetsOf(s settings, repositories int) ([]target, error) {
	if !slices.Contains([]string{"auto", "always", "never"}, s.color) {
		return nil, notOneOf("--color", s.color, "auto", "always", "never")
	}
	if !slices.Contains([]string{"github", "full"}, s.sarifProfile) {
		return nil, notOneOf("--sarif-profile", s.sarifProfile, "github", "full")
	}
	main, err := formatOf(s.format)
	if err != nil {
		return nil, err
	}
	targets := []target{{format: main, file: s.output}}
	if len(s.outputs) > 0 && s.output == "" && !s.formatGiven {
		targets = nil
	}
	for _, o := range s.outputs {
		name, file, ok := strings.Cut(o, "=")
		if !ok || file == "" {
			return nil, fmt.Errorf("-o %s: write it as FORMAT=FILE", o)
		}
		f, err := formatOf(name)
		if err != nil {
			return nil, err
		}
		targets = append(targets, target{format: f, file: file})
	}
	if (s.sarifAbsences || s.sarifProfile != "github") && !slices.ContainsFunc(targets, func(t target) bool { return t.format.name == "sarif" }) {
		return nil, errors.New("--sarif-absences and --sarif-profile speak of a SARIF report: ask for one with --format sarif or -o sarif=FILE")
	}
	for i := range targets {
		targets[i].folder = targets[i].format.one && repositories > 1
		if err := targets[i].possible(); err != nil {
			return nil, err
		}
	}
	return targets, distinct(targets)
}

// possible says why a report cannot be written, before anything is scanned.
func (t target) possible() error {
	if t.folder && t.file == "" {
		return fmt.Errorf("%s is for one repository: for several, name a folder for a file of each, as in -o %s=FOLDER", t.format.name, t.format.name)
	}
	if t.file == "" {
		return nil
	}
	info, err := os.Stat(t.file)
	switch {
	case t.folder && err == nil && !info.IsDir():
		return fmt.Errorf("-o %s=%s: it is a file, and several repositories need a folder", t.format.name, t.file)
	case !t.folder && err == nil && info.IsDir():
		return fmt.Errorf("write %s: it is a folder: name a file in it", t.file)
	}
	if _, err := os.Stat(filepath.Dir(t.file)); err != nil {
		return unwritten(t.file, err)
	}
	return nil
}

// distinct says which file two reports would be written to.
func distinct(targets []target) error {
	seen := map[string]string{}
	for _, t := range targets {
		if t.file == "" || isDevice(t.file) {
			continue
		}
		file := filepath.Clean(t.file)
		if first, ok := seen[file]; ok {
			return fmt.Errorf("-o %s=%s: the %s report goes to this file already: give each its own", t.format.name, t.file, first)
		}
		seen[file] = t.format.name
	}
	return nil
}

// isDevice says that a file stands for a device or a pipe, which takes several
// reports one after the other.
func isDevice(file string) bool {
	info, err := os.Stat(file)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// writeAll writes the files first, so that a reader of standard output who goes
// away takes nothing from them.
func writeAll(r report.Report, s settings, targets []target, stdout io.Writer) error {
	slices.SortStableFunc(targets, filesFirst)
	for _, t := range targets {
		var err error
		switch {
		case t.file == "":
			err = t.format.write(s, stdout)(stdout, r)
		case t.folder:
			err = writeEach(r, s, t)
		default:
			err = writeFile(r, s, t.format, t.file)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeEach writes a file of each repository into the folder, by its name.
func writeEach(r report.Report, s settings, t target) error {
	if err := os.MkdirAll(t.file, 0o755); err != nil {
		return unwritten(t.file, err)
	}
	taken := map[string]bool{}
	for _, one := range r.Repositories {
		name := fileName(one.Name)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", fileName(one.Name), n)
		}
		taken[name] = true
		single := report.Report{Version: r.Version, Repositories: []report.Repository{one}}
		if err := writeFile(single, s, t.format, filepath.Join(t.file, name+"."+t.format.name)); err != nil {
			return err
		}
	}
	return nil
}

// fileName is the name of a repository as that of a file: what is neither a
// letter, a digit nor one of "._-" is a dash.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '-'
	}, name)
	return cmp.Or(strings.TrimLeft(name, "."), "repository")
}

func writeFile(r report.Report, s settings, f format, file string) error {
	var b bytes.Buffer
	if err := f.write(s, &b)(&b, r); err != nil {
		return err
	}
	if err := writeWhole(file, b.Bytes()); err != nil {
		return unwritten(file, err)
	}
	return nil
}

func filesFirst(a, b target) int {
	switch {
	case (a.file == "") == (b.file == ""):
		return 0
	case a.file == "":
		return 1
	}
	return -1
}

// writeWhole writes a file whole or not at all: what stood there stays until
// the new contents are on the disk. A link stays a link to the new contents;
// a device or a pipe (/dev/null, /dev/stdout) is written to, never replaced.
func writeWhole(file string, data []byte) error {
	mode := os.FileMode(0o644)
	info, err := os.Stat(file)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return os.WriteFile(file, data, mode)
	case err == nil:
		mode = info.Mode().Perm() // whoever could not read it, still cannot
	}
	if to, err := filepath.EvalSymlinks(file); err == nil {
		file = to
	}
	draft := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+"-"+rand.Text())
	if err = os.WriteFile(draft, data, mode); err == nil {
		err = os.Rename(draft, file)
	}
	if err != nil {
		os.Remove(draft)
	}
	return err
}
