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
// for one without a folder or without anything of its own in the last part.
func patternOf(word string) (string, bool) {
	pattern := wild.ReplaceAllString(strings.TrimPrefix(word, "./"), "*")
	plain := strings.ReplaceAll(pattern, "*", "")
	if pattern == plain || !strings.Contains(pattern, "/") || strings.HasPrefix(pattern, "/") || !pathText.MatchString(plain) {
		return "", false
	}
	return pattern, doublestar.ValidatePattern(pattern)
}

// matching are the paths of a tree that a pattern below a folder matches, at
// most a few.
func matching(t *detect.Tree, base, pattern string) []string {
	const most = 50
	full := path.Join(base, pattern)
	folder, _ := doublestar.SplitPattern(full)
	ending, depth := endingOf(full), depthOf(full)
	var found []string
	for _, e := range t.Under(folder) {
		if strings.HasSuffix(e.Path, ending) && (depth < 0 || strings.Count(e.Path, "/") == depth) && doublestar.MatchUnvalidated(full, e.Path) {
			if found = append(found, e.Path); len(found) == most {
				break
			}
		}
	}
	return found
}

// endingOf is what each path that a pattern matches ends in: cheaper to ask
// for than the pattern as a whole.
func endingOf(pattern string) string {
	base := path.Base(pattern)
	if strings.Contains(base, `\`) {
		return ""
	}
	return base[strings.LastIndexAny(base, "*?[]{}")+1:]
}

// depthOf is how many slashes each path that a pattern matches has; negative
// where they differ.
func depthOf(pattern string) int {
	if strings.Contains(pattern, "**") || strings.ContainsAny(pattern, `?[]{}\`) {
		return -1
	}
	return strings.Count(pattern, "/")
}

// deserted says whether a pattern names files of a kind in a folder that is
// there, and none of them is.
func deserted(t *detect.Tree, base, pattern string) bool {
	full := path.Join(base, pattern)
	folder, rest := doublestar.SplitPattern(full)
	own := strings.Trim(strings.TrimSuffix(path.Base(rest), path.Ext(rest)), "*-_.")
	return folder != "." && t.Folder(folder) && path.Ext(rest) != "" && len(own) > 3 && !strings.Contains(own, "*") && !strings.Contains(rest, "/")
}
