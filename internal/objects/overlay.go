package objects

import (
	"path/filepath"
	"strings"
)

// An Overlay changes what the stored objects say, as git does by itself.
type Overlay struct {
	// Shallow are the commits whose parents were not fetched.
	Shallow map[ID]bool
	// Grafts are other parents for commits (info/grafts).
	Grafts map[ID][]ID
	// Replaced are the objects that refs/replace puts in others' places.
	Replaced map[ID]ID
}

// ReadOverlay reads the shallow file, the grafts and the replacements of a
// repository. What cannot be read counts as absent, except for SHA-256 names.
func ReadOverlay(commonDir string, refs *Refs) Overlay {
	o := Overlay{Shallow: map[ID]bool{}, Grafts: map[ID][]ID{}, Replaced: refs.Replaced}
	for _, ids := range idLines(filepath.Join(commonDir, "shallow")) {
		o.Shallow[ids[0]] = true
	}
	for _, ids := range idLines(filepath.Join(commonDir, "info", "grafts")) {
		o.Grafts[ids[0]] = ids[1:]
	}
	return o
}

// idLines are the lines of a file that hold object names and nothing else.
func idLines(path string) [][]ID {
	text, err := readText(path)
	if err != nil {
		return nil
	}
	var found [][]ID
	for line := range strings.Lines(text) {
		var ids []ID
		for _, word := range strings.Fields(line) {
			id, err := ParseID(word)
			if err != nil {
				ids = nil
				break
			}
			ids = append(ids, id)
		}
		if len(ids) > 0 {
			found = append(found, ids)
		}
	}
	return found
}

func (o *Overlay) amend(c *Commit) {
	if parents, ok := o.Grafts[c.ID]; ok {
		c.Parents = parents
	}
	if o.Shallow[c.ID] {
		c.Cut = len(c.Parents) > 0
		c.Parents = nil
	}
}
