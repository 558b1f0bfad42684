package ownership

import (
	"sort"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

// maxTries bounds how many times one file's patterns are tried on paths.
const maxTries = 20_000_000

// A matcher finds what the patterns of a CODEOWNERS file match.
type matcher struct {
	tree  *detect.Tree
	spent int
	// owned says of each entry that the last rule of a section that matches it
	// names somebody.
	owned []bool
}

// resolve fills in what the rules of one section match, and which of them are
// overridden by later ones.
func (m *matcher) resolve(rules []Rule) {
	entries := m.tree.Entries()
	owner := make([]int, len(entries))
	for r := range rules {
		rules[r].Matches = m.each(rules[r].Pattern, func(i int) { owner[i] = r + 1 })
	}
	left := make([]int, len(rules)+1)
	for i, r := range owner {
		left[r]++
		if r > 0 && len(rules[r-1].Owners) > 0 {
			m.owned[i] = true
		}
	}
	for r := range rules {
		rules[r].Overridden = rules[r].Matches > 0 && left[r+1] == 0
	}
}

// paths are those that have an owner.
func (m *matcher) paths() []string {
	var paths []string
	for i, e := range m.tree.Entries() {
		if m.owned[i] {
			paths = append(paths, e.Path)
		}
	}
	return paths
}

// each calls yield with the number of each entry that a pattern matches, and
// counts them. Plain folders and files are looked up; the rest is tried on
// every path.
func (m *matcher) each(pattern string, yield func(int)) int {
	glob := globOf(pattern)
	first, last := 0, len(m.tree.Entries())
	if folder, ok := plainFolder(glob); ok {
		first, last = m.under(folder)
	}
	if m.spent += last - first; m.spent > maxTries {
		return 0
	}
	count := 0
	for i := first; i < last; i++ {
		if glob.match(m.tree.Entries()[i].Path) {
			count++
			yield(i)
		}
	}
	return count
}

// under is the range of the entries at and below a path.
func (m *matcher) under(p string) (int, int) {
	entries := m.tree.Entries()
	from := sort.Search(len(entries), func(i int) bool { return entries[i].Path >= p })
	to := from
	for to < len(entries) && strings.HasPrefix(entries[to].Path, p) {
		to++
	}
	return from, to
}

// A glob is a pattern in doublestar's terms: the path itself, and what lies
// below it.
type glob struct{ self, below string }

// globOf reads a pattern by the rules that the hosts give: one without a slash
// matches at any depth, one that ends in a slash matches what is below the
// folder, and "folder/*" only what lies in the folder itself.
func globOf(pattern string) glob {
	trimmed := strings.TrimPrefix(pattern, "/")
	body, folder := strings.CutSuffix(trimmed, "/")
	if body == "" {
		return glob{self: "**"} // "/" owns everything
	}
	if !strings.HasPrefix(pattern, "/") && !strings.Contains(body, "/") {
		body = "**/" + body
	}
	switch {
	case folder:
		return glob{below: body + "/**"}
	case strings.HasSuffix(body, "*") && strings.HasSuffix("/"+body, "/*"):
		return glob{self: body}
	}
	return glob{self: body, below: body + "/**"}
}

func (g glob) match(p string) bool {
	return g.self != "" && doublestar.MatchUnvalidated(g.self, p) || g.below != "" && doublestar.MatchUnvalidated(g.below, p)
}

// plainFolder is the path that every match of a glob starts with, where the
// glob has no other wildcard than the one for what lies below.
func plainFolder(g glob) (string, bool) {
	plain := g.self
	if plain == "" {
		plain = strings.TrimSuffix(g.below, "/**")
	}
	return plain, plain != "" && !strings.ContainsAny(plain, `*?[{\`)
}
