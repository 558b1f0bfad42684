package pagetest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
)

// A past is the history that the dates of an example tell: one commit for each
// change of a file.
type past struct {
	changes []change // newest first
	tags    []detect.Tag
	data    map[string][]byte
	was     map[string]string
}

type change struct {
	detect.Commit
	path    string
	removed bool
	to      string
}

func newPast(e pages.Example) (*past, error) {
	p := &past{data: map[string][]byte{}, was: map[string]string{}}
	for _, f := range e.Files {
		p.data[clean(f.Path)] = f.Data
		if f.Was != "" {
			p.was[clean(f.Path)] = f.Was
		}
		if err := p.file(f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	slices.SortStableFunc(p.changes, func(a, b change) int { return b.When.Compare(a.When) })
	for _, f := range e.Files {
		for _, tag := range f.Tags {
			if err := p.tag(tag); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(p.tags, func(a, b detect.Tag) int { return b.Commit.When.Compare(a.Commit.When) })
	return p, nil
}

func (p *past) file(f pages.File) error {
	for _, word := range f.Dates {
		if err := p.dates(clean(f.Path), word); err != nil {
			return err
		}
	}
	if f.Removed == "" {
		return nil
	}
	if err := p.dates(clean(f.Path), f.Removed); err != nil {
		return err
	}
	last := &p.changes[len(p.changes)-1]
	last.removed, last.to = true, f.MovedTo
	return nil
}

// dates adds the commits that a word like 2024-05-31x3=ann tells.
func (p *past) dates(path, word string) error {
	when, author, _ := strings.Cut(word, "=")
	when, times, repeated := strings.Cut(when, "x")
	day, err := time.Parse(time.DateOnly, when)
	if err != nil {
		return err
	}
	n := 1
	if repeated {
		if n, err = strconv.Atoi(times); err != nil {
			return err
		}
	}
	for i := range n {
		p.add(path, author, day.AddDate(0, 0, -7*i))
	}
	return nil
}

func (p *past) add(path, author string, when time.Time) {
	if author == "" {
		author = "ann"
	}
	p.changes = append(p.changes, change{path: path, Commit: detect.Commit{
		ID: fmt.Sprintf("%040x", len(p.changes)+1), Author: author, Bot: strings.HasSuffix(author, "[bot]"),
		Authored: when, When: when, Landed: when, Subject: "Change " + path,
	}})
}

func (p *past) tag(word string) error {
	name, day, _ := strings.Cut(word, "=")
	when, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	for _, c := range p.changes {
		if !c.When.After(when) {
			p.tags = append(p.tags, detect.Tag{Name: name, Commit: c.Commit})
			return nil
		}
	}
	return fmt.Errorf("no file changed up to the day of the tag %s", name)
}

func (p *past) err() error {
	if len(p.changes) == 0 {
		return detect.ErrNoHistory
	}
	return nil
}

// Head implements detect.History.
func (p *past) Head() (detect.Commit, error) {
	if err := p.err(); err != nil {
		return detect.Commit{}, err
	}
	return p.changes[0].Commit, nil
}

// LastChange implements detect.History. A file without a date changed with the
// first commit.
func (p *past) LastChange(path string) (detect.Commit, error) {
	found, err := p.Changes(path)
	if err != nil || len(found) == 0 {
		return detect.Commit{}, err
	}
	return found[0], nil
}

// Changes implements detect.History.
func (p *past) Changes(path string) ([]detect.Commit, error) {
	var found []detect.Commit
	for _, c := range p.changes {
		if path == "" || path == "." || c.path == path || strings.HasPrefix(c.path, path+"/") {
			found = append(found, c.Commit)
		}
	}
	if len(found) == 0 && p.err() == nil {
		found = append(found, p.changes[len(p.changes)-1].Commit)
	}
	return found, p.err()
}

// Blank implements detect.History.
func (p *past) Blank(detect.Commit, string) (bool, error) { return false, p.err() }

// Contents implements detect.History: before the last change of a file its
// first line was what the example says, or all of it was something else.
func (p *past) Contents(c detect.Commit, path string) ([]byte, error) {
	data := p.data[path]
	if i := slices.IndexFunc(p.changes, func(o change) bool { return o.path == path }); i < 0 || !p.changes[i].When.After(c.When) {
		return data, p.err()
	}
	if was, ok := p.was[path]; ok {
		_, rest, _ := bytes.Cut(data, []byte("\n"))
		return append([]byte(was+"\n"), rest...), p.err()
	}
	return []byte("as it was before\n"), p.err()
}

// Removal implements detect.History.
func (p *past) Removal(path string) (detect.Removal, bool, error) {
	for _, c := range p.changes {
		if c.removed && (c.path == path || strings.HasPrefix(c.path, path+"/")) {
			return detect.Removal{Commit: c.Commit, To: c.to}, true, nil
		}
	}
	return detect.Removal{}, false, p.err()
}

// Commits implements detect.History.
func (p *past) Commits() ([]detect.Commit, error) { return p.Changes("") }

// Tags implements detect.History.
func (p *past) Tags() ([]detect.Tag, error) { return p.tags, p.err() }

// Shipped implements detect.History.
func (p *past) Shipped(tags []detect.Tag) ([][]detect.Commit, error) {
	shipped := make([][]detect.Commit, len(tags))
	for _, c := range p.changes {
		first := -1
		for i, t := range tags {
			if !t.Commit.When.Before(c.When) && (first < 0 || t.Commit.When.Before(tags[first].Commit.When)) {
				first = i
			}
		}
		if first >= 0 {
			shipped[first] = append(shipped[first], c.Commit)
		}
	}
	return shipped, p.err()
}
