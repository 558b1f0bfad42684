package scan

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A router tells which detectors want a path. Patterns are found by the base
// name that they end in, then by the extension, and only the few others are
// matched against every path: matching all against all is what makes scanners
// slow on large trees.
type router struct {
	detectors []*detect.Detector
	byBase    map[string][]route
	byExt     map[string][]route
	others    []route
}

// A route is one pattern of one detector, and what a path must have for a look
// at the whole pattern to be worth its price.
type route struct {
	detector int
	pattern  string
	// root is what the path must begin with, head and suffix what its base name
	// must begin and end with.
	root, head, suffix string
	// base is the pattern of the base name where the folder may be any.
	base string
	// plain says that the suffix tells everything.
	plain bool
}

// meta are the bytes that have a meaning of their own in a pattern.
const meta = "*?[]{}\\"

func newRouter(ds []*detect.Detector) (*router, error) {
	r := &router{detectors: ds, byBase: map[string][]route{}, byExt: map[string][]route{}}
	for i, d := range ds {
		if d.File == nil {
			continue
		}
		for _, pattern := range d.Match {
			if !doublestar.ValidatePattern(pattern) {
				return nil, fmt.Errorf("%s: %q is not a valid pattern", d.ID, pattern)
			}
			for _, p := range expand(pattern) {
				r.add(i, p)
			}
		}
	}
	return r, nil
}

func (r *router) add(detector int, pattern string) {
	folder, base := path.Split(pattern)
	to := route{detector: detector, pattern: pattern, root: pattern[:firstMeta(pattern)], suffix: base[lastMeta(base)+1:]}
	if base != "**" {
		to.head = base[:firstMeta(base)]
	}
	if folder == "**/" {
		to.base = base
	}
	rest, star := strings.CutPrefix(base, "*")
	switch {
	case !strings.ContainsAny(base, meta):
		to.plain = folder == "**/"
		r.byBase[base] = append(r.byBase[base], to)
	case star && path.Ext(rest) != "" && !strings.ContainsAny(rest, meta):
		to.plain = folder == "**/"
		r.byExt[path.Ext(rest)] = append(r.byExt[path.Ext(rest)], to)
	default:
		r.others = append(r.others, to)
	}
}

// firstMeta is where what stands for itself ends.
func firstMeta(pattern string) int {
	if i := strings.IndexAny(pattern, meta); i >= 0 {
		return i
	}
	return len(pattern)
}

// lastMeta is where the last byte with a meaning of its own stands; what
// follows it stands for itself.
func lastMeta(base string) int {
	if strings.Contains(base, `\`) {
		return len(base) - 1
	}
	return strings.LastIndexAny(base, meta)
}

// to are the detectors that want to see a path, in their order.
func (r *router) to(p string) []*detect.Detector {
	base := path.Base(p)
	var found []int
	for _, routes := range [][]route{r.byBase[base], r.byExt[path.Ext(base)], r.others} {
		for i := range routes {
			if routes[i].matches(p, base) && !slices.Contains(found, routes[i].detector) {
				found = append(found, routes[i].detector)
			}
		}
	}
	slices.Sort(found)
	ds := make([]*detect.Detector, len(found))
	for i, n := range found {
		ds[i] = r.detectors[n]
	}
	return ds
}

func (r *route) matches(p, base string) bool {
	if !strings.HasSuffix(base, r.suffix) || !strings.HasPrefix(base, r.head) || !strings.HasPrefix(p, r.root) {
		return false
	}
	switch {
	case r.plain:
		return true
	case r.base != "":
		return doublestar.MatchUnvalidated(r.base, base)
	}
	return doublestar.MatchUnvalidated(r.pattern, p)
}

// maxAlternatives bounds what braces make of one pattern.
const maxAlternatives = 256

// expand writes the alternatives in braces out, so that the base name or the
// extension of each is plain. A pattern with too many of them is left alone.
func expand(pattern string) []string {
	done, open := []string{}, []string{pattern}
	for len(open) > 0 {
		p := open[0]
		open = open[1:]
		start := strings.LastIndexByte(p, '{')
		end := strings.IndexByte(p[max(start, 0):], '}') + start
		if start < 0 || strings.ContainsRune(p, '\\') {
			done = append(done, p)
			continue
		}
		for _, alternative := range strings.Split(p[start+1:end], ",") {
			open = append(open, p[:start]+alternative+p[end+1:])
		}
		if len(open)+len(done) > maxAlternatives {
			return []string{pattern}
		}
	}
	return done
}
