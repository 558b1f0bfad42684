package docs

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// wild is a part of a path that stands for several: a wildcard, or a name that
// the reader is to put in.
var wild = regex.New(`\b(?:N{2,}|X{2,}|YYYY|MM|DD)\b|<[^<>/]+>|\$?\{\{?[^{}/]+\}?\}|\$[A-Z_]+|\*+`)

// patternOf reads a word with such parts as a pattern; false for others, and
// for one without a folder or a name of its own ("<account>/<region>").
func patternOf(word string) (string, bool) {
	pattern := wild.ReplaceAllString(strings.TrimPrefix(word, "./"), "*")
	plain := strings.ReplaceAll(pattern, "*", "")
	if pattern == plain || !strings.Contains(pattern, "/") || strings.HasPrefix(pattern, "/") || strings.Contains(pattern, "../") && pattern[0] == '*' || !pathText.MatchString(plain) {
		return "", false
	}
	own := strings.Trim(strings.TrimSuffix(plain, path.Ext(plain)), "/._-")
	return pattern, own != "" && doublestar.ValidatePattern(pattern)
}

// mostMatches is how many paths that a pattern matches are given.
const mostMatches = 50

// matching are the paths of a tree that a pattern below a folder matches, at
// most a few.
func matching(t *detect.Tree, base, pattern string) []string {
	full := path.Join(base, pattern)
	if !strings.Contains(full, "**") && !strings.ContainsAny(full, `?[]{}\`) {
		return matchingParts(t, ".", strings.Split(full, "/"), nil)
	}
	folder, _ := doublestar.SplitPattern(full)
	var found []string
	for _, e := range t.Under(folder) {
		if len(found) < mostMatches && doublestar.MatchUnvalidated(full, e.Path) {
			found = append(found, e.Path)
		}
	}
	return found
}

// matchingParts adds to what was found the paths below a folder that match a
// pattern of as many parts: only the folders on the way are looked at.
func matchingParts(t *detect.Tree, folder string, parts []string, found []string) []string {
	part, last := parts[0], len(parts) == 1
	if !strings.Contains(part, "*") {
		full := inFolder(folder, part)
		if !last {
			return matchingParts(t, full, parts[1:], found)
		}
		if e, ok := t.File(full); ok && len(found) < mostMatches {
			found = append(found, e.Path)
		}
		return found
	}
	for name, isFolder := range t.Children(folder) {
		if isFolder == last || len(found) >= mostMatches || !doublestar.MatchUnvalidated(part, name) {
			continue
		}
		if last {
			found = append(found, inFolder(folder, name))
		} else {
			found = matchingParts(t, inFolder(folder, name), parts[1:], found)
		}
	}
	return found
}

func inFolder(folder, name string) string {
	if folder == "." || folder == "" {
		return name
	}
	return folder + "/" + name
}

// produce matches folders that jobs fill.
var produce = regex.New(`(?i)(?:^|/)(?:reports?|results?|outputs?|artifacts?|artefacts?|evidence|logs|downloads?)(?:/|$)`)

// deserted says whether a pattern names files of a kind in a folder that is
// there, and none of them is.
func deserted(t *detect.Tree, base, pattern string) bool {
	full := path.Join(base, pattern)
	folder, rest := doublestar.SplitPattern(full)
	own := strings.Trim(strings.TrimSuffix(path.Base(rest), path.Ext(rest)), "*-_.")
	if produce.MatchString(folder) {
		return false
	}
	return folder != "." && t.Folder(folder) && path.Ext(rest) != "" && !strings.Contains(path.Ext(rest), "*") && len(own) > 3 && !strings.Contains(own, "*") && !strings.Contains(rest, "/")
}
