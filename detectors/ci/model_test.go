package ci_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/detectors/ci"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/scan"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// TestModel compares what is read of the pipelines in testdata with the outline
// in their archive. WAYMARK_UPDATE=1 writes the outlines anew.
func TestModel(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { compareOutline(t, name) })
	}
}

func compareOutline(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	last := len(archive.Files) - 1
	if archive.Files[last].Name != "want" {
		t.Fatal("the last file of the archive is not called want")
	}
	repo := &detect.Repo{Name: "shop", Origin: "acme/shop", Branch: "main", Host: strings.TrimSpace(string(archive.Comment))}
	got := outline(observe(t, repo, archive.Files[:last]))
	if os.Getenv("WAYMARK_UPDATE") != "" {
		archive.Files[last].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
		t.Error(diff)
	}
}

func observe(t *testing.T, repo *detect.Repo, files []txtar.File) *detect.Observed {
	t.Helper()
	var entries []detect.Entry
	data := map[string][]byte{}
	for _, f := range files {
		entries = append(entries, detect.Entry{Path: f.Name})
		data[f.Name] = f.Data
	}
	repo.Tree = detect.NewTree(entries, nil)
	read := func(p string) ([]byte, error) {
		if d, ok := data[p]; ok {
			return d, nil
		}
		return nil, fs.ErrNotExist
	}
	o, err := scan.Run(t.Context(), repo, read, ci.All, scan.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// outline writes pipelines and blocks, one fact a line.
func outline(o *detect.Observed) string {
	w := &writer{}
	for f := range o.Findings() {
		switch v := f.Value.(type) {
		case wiring.Pipeline:
			w.line(0, f.At, "%s %s", v.Vendor, v.Path)
			w.field("name", v.Name)
			w.field("dead", v.Dead)
			w.field("on", triggers(v.Triggers))
			for _, u := range v.Includes {
				w.line(1, u.At, "include")
				w.use(&u)
			}
			w.jobs(v.Jobs)
		case wiring.Block:
			w.line(0, f.At, "block %s %s", v.Kind, v.Path)
			w.field("inputs", strings.Join(v.Inputs, " "))
			w.jobs(v.Jobs)
		}
	}
	for _, b := range o.BlindSpots {
		fmt.Fprintf(w, "blind %s %s\n", b.Detector.ID, b.Path)
	}
	return w.String()
}

type writer struct{ strings.Builder }

func (w *writer) line(depth int, at detect.Span, format string, args ...any) {
	if text := w.String(); text != "" && !strings.HasSuffix(text, "\n") {
		w.WriteByte('\n')
	}
	fmt.Fprintf(w, "%s%d ", strings.Repeat("  ", depth), at.Start.Line)
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// field puts a fact on a line of its own, below what it is of.
func (w *writer) field(name, value string) {
	if value != "" {
		fmt.Fprintf(w, "      | %s: %s\n", name, value)
	}
}

func (w *writer) flag(name string, set bool) {
	if set {
		w.field(name, "yes")
	}
}

func (w *writer) jobs(jobs []wiring.Job) {
	for _, j := range jobs {
		w.line(1, j.At, "job %s", j.ID)
		w.field("stage", j.Stage)
		w.field("needs", strings.Join(j.Needs, ", "))
		w.field("only", triggers(j.Only))
		w.field("if", j.If)
		w.field("never", j.Never)
		w.flag("regardless", j.Regardless)
		w.flag("manual", j.Manual)
		w.field("ignored", j.Ignored)
		w.field("environment", j.Environment)
		w.field("image", j.Image)
		w.field("dir", j.Dir)
		w.use(j.Uses)
		for _, s := range j.Steps {
			w.step(s)
		}
	}
}

func (w *writer) step(s wiring.Step) {
	w.line(2, s.At, "step %s", s.Name)
	w.field("only", triggers(s.Only))
	w.field("if", s.If)
	w.field("never", s.Never)
	w.flag("manual", s.Manual)
	w.field("ignored", s.Ignored)
	w.field("dir", s.Dir)
	w.use(s.Uses)
	for _, c := range s.Commands {
		w.line(3, c.At, "%s", strings.Join(c.Words, " "))
		if c.Dir != "." {
			w.field("dir", c.Dir)
		}
		w.field("lost", c.Swallowed)
		w.field("never", c.Never)
	}
}

func (w *writer) use(u *wiring.Use) {
	if u == nil {
		return
	}
	text := fmt.Sprintf("%s %s (%s/%s %s)", u.Kind, u.Ref, u.Owner, u.Repo, u.Path)
	if u.Local {
		text += " local"
	}
	if u.Version != "" {
		text += " at " + u.Version
	}
	if u.Pinned {
		text += " pinned"
	}
	w.field("uses", text)
	if len(u.With) > 0 {
		w.field("with", fmt.Sprint(u.With))
	}
}

func triggers(list []wiring.Trigger) string {
	var texts []string
	for _, t := range list {
		text := string(t.Kind)
		for _, part := range []struct {
			label string
			names []string
		}{{"", t.Branches}, {"paths ", t.Paths}, {"names ", t.Names}} {
			if len(part.names) > 0 {
				text += " [" + part.label + strings.Join(part.names, " ") + "]"
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}
