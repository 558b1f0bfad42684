//go:build git

package history_test

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strconv"
	"strings"
)

// A stream is a random history as input for git fast-import.
type stream struct {
	strings.Builder
	*rand.Rand
	trees []tree // by commit
	count int    // of contents
}

// A tree is the lines that tell fast-import of its files, by path.
type tree map[string]string

var randomNames = []string{"a", "b", "c.d", "c", "name with space", "ä", "q\"uote", "new\nline", "tab\tbed", "-dash", ":(top)x", "lib", "lib.go", "lib-x"}

func newStream(seed int64) *stream { return &stream{Rand: rand.New(rand.NewSource(seed))} }

// write returns a history of so many commits, the last one on main.
func (s *stream) write(commits int) string {
	for i := range commits {
		parents := s.parents(i)
		t := s.merged(parents)
		for range 1 + s.Intn(3) {
			s.change(t)
		}
		if len(parents) > 1 && s.Intn(3) > 0 {
			t = s.merged(parents) // no changes of its own
		}
		s.commit(i, parents, t)
	}
	fmt.Fprintf(s, "reset refs/heads/main\nfrom :%d\n", commits)
	return s.String()
}

// parents are commits before the i-th, mostly late ones; rarely none.
func (s *stream) parents(i int) []int {
	if i == 0 || s.Intn(60) == 0 && i < 100 {
		return nil
	}
	parents := []int{i - 1 - s.Intn(min(i, 1+s.Intn(8)))}
	for s.Intn(4) == 0 && len(parents) < 4 {
		if p := s.Intn(i); !slices.Contains(parents, p) {
			parents = append(parents, p)
		}
	}
	return parents
}

// merged takes each path from one of the parents.
func (s *stream) merged(parents []int) tree {
	t := tree{}
	if len(parents) > 0 {
		t = maps.Clone(s.trees[parents[0]])
	}
	for _, p := range parents[min(1, len(parents)):] {
		for _, path := range slices.Sorted(maps.Keys(s.trees[p])) {
			if s.Intn(2) == 0 {
				t.put(path, s.trees[p][path])
			}
		}
	}
	return t
}

// put adds a file and takes out what stands in its way.
func (t tree) put(path, line string) {
	for other := range t {
		if strings.HasPrefix(other, path+"/") || strings.HasPrefix(path, other+"/") {
			delete(t, other)
		}
	}
	t[path] = line
}

func (s *stream) change(t tree) {
	paths := slices.Sorted(maps.Keys(t))
	switch s.Intn(6) {
	case 0:
		if len(paths) > 3 {
			delete(t, paths[s.Intn(len(paths))])
		}
	case 1, 2:
		if len(paths) > 0 {
			path := paths[s.Intn(len(paths))]
			t[path] = s.file(path)
		}
	default:
		var names []string
		for range 1 + s.Intn(3) {
			names = append(names, randomNames[s.Intn(len(randomNames))])
		}
		path := strings.Join(names, "/")
		t.put(path, s.file(path))
	}
}

// file is a new file, link or submodule.
func (s *stream) file(path string) string {
	s.count++
	mode := []string{"100644", "100644", "100755", "120000", "160000"}[s.Intn(5)]
	if mode == "160000" {
		return fmt.Sprintf("M 160000 %040x %s\n", s.count, quote(path))
	}
	text := fmt.Sprint("contents ", s.count)
	return fmt.Sprintf("M %s inline %s\ndata %d\n%s\n", mode, quote(path), len(text), text)
}

func quote(path string) string {
	if strings.ContainsAny(path, "\"\n\t ") {
		return strconv.Quote(path)
	}
	return path
}

func (s *stream) commit(i int, parents []int, t tree) {
	s.trees = append(s.trees, t)
	when := 1_700_000_000 + i*1000 + s.Intn(20_000) - s.Intn(20_000)
	message := fmt.Sprint("commit ", i)
	fmt.Fprintf(s, "commit refs/heads/work\nmark :%d\ncommitter A <a@example.org> %d +0200\ndata %d\n%s\n", i+1, when, len(message), message)
	for n, p := range parents {
		fmt.Fprintf(s, "%s :%d\n", []string{"from", "merge"}[min(n, 1)], p+1)
	}
	if len(parents) == 0 && i > 0 {
		fmt.Fprintf(s, "from %040d\n", 0)
	}
	s.WriteString("deleteall\n")
	for _, path := range slices.Sorted(maps.Keys(t)) {
		s.WriteString(t[path])
	}
}
