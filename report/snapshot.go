package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/rules"
)

// A Snapshot is what is kept of a report to compare another one with.
type Snapshot struct {
	Name     string                   `json:"name"`
	Commit   string                   `json:"commit,omitempty"`
	Stage    int                      `json:"stage"`
	Criteria map[string]rules.Outcome `json:"criteria"`
	Gaps     []SnapshotGap            `json:"gaps"`
}

// A SnapshotGap is one located gap. It holds no line: lines move.
type SnapshotGap struct {
	Check   string      `json:"check"`
	Level   rules.Level `json:"level"`
	Path    string      `json:"path"`
	Message string      `json:"message"`
	// Fingerprint holds while lines move; Moved holds while the file moves, too.
	Fingerprint string `json:"fingerprint"`
	Moved       string `json:"moved"`

	line int
}

// SnapshotOf is the snapshot of a repository: its outcomes, and the gaps that
// are told of it and not suppressed.
func SnapshotOf(r Repository) Snapshot {
	s := Snapshot{Name: r.Name, Commit: r.Commit, Stage: r.Verdict.Stage, Criteria: map[string]rules.Outcome{}, Gaps: []SnapshotGap{}}
	for _, result := range r.Results {
		s.Criteria[result.Criterion.ID] = result.Outcome
	}
	texts := lines{read: r.Read, of: map[string][][]byte{}}
	for _, g := range r.Gaps {
		if g.Told() && g.Suppressed == nil {
			s.Gaps = append(s.Gaps, SnapshotGap{g.Check.ID, g.Check.Level, g.At.Path, g.Message, Fingerprint(g), movedKey(g, texts), g.At.Start.Line})
		}
	}
	return s
}

// movedKey is the key of a gap by what is written there, and not where.
func movedKey(g rules.Gap, texts lines) string {
	words := strings.Fields(volatile.ReplaceAllString(g.Message, "#"))
	file, dir := volatile.ReplaceAllString(g.At.Path, "#"), volatile.ReplaceAllString(path.Dir(g.At.Path), "#")
	for i, w := range words {
		if w == file || w == dir {
			words[i] = ""
		}
	}
	return hashOf(g.Check.ID, strings.Join(words, " "), texts.at(g.At.Path, g.At.Start.Line))
}

// lines gives single lines of files, each of which is read once.
type lines struct {
	read func(string) ([]byte, error)
	of   map[string][][]byte
}

func (l lines) at(p string, n int) string {
	text, ok := l.of[p]
	if !ok {
		if data, err := l.read(p); err == nil {
			text = bytes.Split(data, []byte("\n"))
		}
		l.of[p] = text
	}
	if n < 1 || n > len(text) {
		return ""
	}
	return string(bytes.TrimSpace(text[n-1]))
}

// A baseline is the file in which snapshots are kept, one for each repository.
type baseline struct {
	SchemaVersion string     `json:"schemaVersion"`
	Repositories  []Snapshot `json:"repositories"`
}

// WriteBaseline is a baseline file with the state of a report.
func WriteBaseline(r Report) ([]byte, error) {
	b := baseline{SchemaVersion: SchemaVersion, Repositories: []Snapshot{}}
	for _, repo := range r.Repositories {
		b.Repositories = append(b.Repositories, SnapshotOf(repo))
	}
	var out bytes.Buffer
	err := encodeJSON(&out, b)
	return out.Bytes(), err
}

// ReadBaseline reads the snapshots of a baseline file.
func ReadBaseline(data []byte) ([]Snapshot, error) {
	var b baseline
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, fmt.Errorf("it is no baseline: %w: write one with --write-baseline", err)
	}
	if major, _, _ := strings.Cut(SchemaVersion, "."); !strings.HasPrefix(b.SchemaVersion, major+".") {
		return nil, fmt.Errorf("it has the version %q, not %s: write it again with --write-baseline", b.SchemaVersion, SchemaVersion)
	}
	return b.Repositories, nil
}

// Of is the snapshot of a repository by its name.
func Of(list []Snapshot, name string) (Snapshot, bool) {
	i := slices.IndexFunc(list, func(s Snapshot) bool { return s.Name == name })
	if i < 0 {
		return Snapshot{}, false
	}
	return list[i], true
}
