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

// A route is one pattern of one detector.
type route struct {
	detector int
	pattern  string
	// suffix is what a path must end in.
	suffix string
	// anywhere says that the suffix tells everything: the pattern is "**/" and
	// a base name, or "**/*" and an extension.
	anywhere bool
}

const meta = `*?[\`

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
	to := route{detector: detector, pattern: pattern, anywhere: folder == "**/"}
	switch rest, star := strings.CutPrefix(base, "*"); {
	case !strings.ContainsAny(base, meta+"{"):
		to.suffix = base
		r.byBase[base] = append(r.byBase[base], to)
	case star && path.Ext(rest) != "" && !strings.ContainsAny(rest, meta+"{"):
		to.suffix = rest
		r.byExt[path.Ext(rest)] = append(r.byExt[path.Ext(rest)], to)
	default:
		to.suffix = base[lastMeta(base)+1:]
		r.others = append(r.others, route{detector: detector, pattern: pattern, suffix: to.suffix})
	}
}

// lastMeta is where the last byte with a meaning of its own stands; what
// follows it stands for itself.
func lastMeta(base string) int {
	if i := strings.LastIndexAny(base, meta+"]{}"); i < 0 || base[i] != '\\' {
		return i
	}
	return len(base) - 1
}

// to are the detectors that want to see a path, in their order.
func (r *router) to(p string) []*detect.Detector {
	base := path.Base(p)
	var found []int
	for _, routes := range [][]route{r.byBase[base], r.byExt[path.Ext(base)], r.others} {
		for i := range routes {
			if routes[i].matches(p) && !slices.Contains(found, routes[i].detector) {
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

func (r *route) matches(p string) bool {
	if !strings.HasSuffix(p, r.suffix) {
		return false
	}
	return r.anywhere || doublestar.MatchUnvalidated(r.pattern, p)
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
