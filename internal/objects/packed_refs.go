package objects

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// A target is what a reference holds: an object, or another reference's name.
type target struct {
	id, peeled ID
	symbolic   string
}

func readPacked(path string) (map[string]target, error) {
	text, err := readText(path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]target{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading packed-refs: %w", err)
	}
	all, err := parsePackedRefs(text)
	if err != nil {
		return nil, fmt.Errorf("reading packed-refs: %w", err)
	}
	return all, nil
}

// parsePackedRefs reads the text of packed-refs. Of the references only those
// that are asked for later are kept: hosts add one for each pull request.
func parsePackedRefs(text string) (map[string]target, error) {
	all := map[string]target{}
	var last string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		first, name, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '^':
			if t, ok := all[last]; ok {
				t.peeled = parseRawID([]byte(line[1:]))
				all[last] = t
			}
		default:
			last = name
			if err := keep(all, name, first); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func keep(all map[string]target, name, value string) error {
	if !wanted(name) || len(all) >= maxRefs {
		return nil
	}
	if to, ok := strings.CutPrefix(value, "ref:"); ok {
		all[name] = target{symbolic: strings.TrimSpace(to)}
		return nil
	}
	id, err := ParseID(strings.TrimSpace(value))
	if errors.Is(err, ErrSHA256) {
		return err
	}
	if err == nil {
		all[name] = target{id: id}
	}
	return nil // git too goes on past a broken reference
}

func wanted(name string) bool {
	for _, kind := range []string{"refs/heads/", "refs/remotes/", "refs/tags/", "refs/replace/"} {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}
