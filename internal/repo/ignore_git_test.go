//go:build git

package repo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The lists of files that git and we take to be ignored must be the same,
// whatever the patterns.
func TestIgnoreAgreesWithGit(t *testing.T) {
	for name, files := range ignoreCases {
		t.Run(name, func(t *testing.T) { compareWithGit(t, files) })
	}
}

var ignoreCases = map[string]map[string]string{
	"plain": {
		".gitignore": "*.log\n/build\nnode_modules/\n# comment\n\\#kept\n\\!bang\ntrail\\ \nspace   \n",
		"a.log":      "", "sub/a.log": "", "build/x": "", "sub/build/x": "", "sub/node_modules/x": "", "#kept": "", "!bang": "", "trail ": "", "space": "", "comment": "",
	},
	"negation": {
		".gitignore": "*.txt\n!keep.txt\ndir/\n!dir/keep.txt\n/top/*\n!/top/in\n",
		"a.txt":      "", "keep.txt": "", "dir/keep.txt": "", "dir/x": "", "top/in": "", "top/out": "", "top/sub/x": "",
	},
	"nested": {
		".gitignore": "*.tmp\n", "a/.gitignore": "!x.tmp\n/y\nb/z\n", "a/b/.gitignore": "*\n!.gitignore\n",
		"a/x.tmp": "", "a/y": "", "a/b/z": "", "a/c/y": "", "a/c/x.tmp": "", "q.tmp": "",
	},
	"stars": {
		".gitignore": "**/deep\na/**/z\nabc/**\nfoo**/bar\nx/**y\n*/one\n***\\/q\n[k]x**/w\n[l]**y\n",
		"kx/w":       "", "kxa/w": "", "kx/b/w": "", "lay": "", "l/ay": "", "q": "", "s/q": "",
		"deep": "", "p/q/deep": "", "a/z": "", "a/b/z": "", "a/b/c/z": "", "abc/d/e": "", "foo/x/bar": "", "fooa/bar": "", "foo/bar": "", "x/ay": "", "x/b/ay": "", "m/one": "", "m/n/one": "",
	},
	"brackets": {
		".gitignore": "[a-c]1\n[!a-c]2\n[]x]3\n[^]x]4\n[[:digit:]]5\n[[:nope:]]6\n[a\n[\\]]7\n[a-]8\n[--0]9\n[[:alpha:][:digit:]_]q\n[[:]w\n",
		"a1":         "", "d1": "", "a2": "", "d2": "", "]3": "", "x3": "", "]4": "", "y4": "", "15": "", "a5": "", "n6": "", "[a": "", "]7": "", "-8": "", "a8": "", ".9": "", "_q": "", "zq": "", ":w": "", "[w": "",
	},
	"folders": {
		".gitignore": "only/\nmid/dle/\n/\n//\n!\n", "only/x": "", "sub/only": "", "mid/dle/x": "", "sub/mid/dle/x": "",
	},
	"line ends": {".gitignore": "crlf\r\nlast", "crlf": "", "last": "", "tab\t": ""},
	"any case": {
		".git/config": "[core]\nrepositoryformatversion = 0\nignorecase = true\n", ".gitignore": "BUILD/\n*.Log\n/Top*/x\n[A-C]z\n[[:upper:]]q\nsub/Exact\n",
		"build/x": "", "a.LOG": "", "topmost/X": "", "az": "", "dz": "", "mq": "", "sub/exact": "",
	},
	"mark": {".gitignore": "\ufefffirst\nsecond\n", "first": "", "second": ""},
}

func compareWithGit(t *testing.T, files map[string]string) {
	t.Helper()
	dir := gitInit(t)
	write(t, dir, files)
	write(t, dir, map[string]string{".git/info/exclude": "excluded-by-info\n*.orig\n", "excluded-by-info": "", "x.orig": "", "sub/x.orig": ""})
	ignored := map[string]bool{}
	for name := range strings.SplitSeq(git(t, dir, "ls-files", "-o", "-i", "--exclude-standard", "-z"), "\x00") {
		ignored[name] = true
	}
	var want []string
	for name := range strings.SplitSeq(git(t, dir, "ls-files", "-o", "-z"), "\x00") {
		if name != "" && !ignored[name] {
			want = append(want, name)
		}
	}
	if diff := cmp.Diff(sorted(want...), names(opened(t, dir, Options{}))); diff != "" {
		t.Errorf("files that git does not ignore (-) and ours (+), for\n%s\n%s", ignoreFiles(dir), diff)
	}
}

func ignoreFiles(dir string) string {
	var b strings.Builder
	_ = filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == ".gitignore" {
			text, _ := os.ReadFile(p)
			fmt.Fprintf(&b, "%s: %q\n", strings.TrimPrefix(p, dir), text)
		}
		return err
	})
	return b.String()
}

// Random patterns over a small alphabet meet random names over the same one.
func TestIgnoreAgreesWithGitOnRandomPatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "b", "ab", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[^b]", "[a-b", "]", "\\", "\\*", "!", ".", " ", "-", "[[:alpha:]]", "[]]", "#"}
	word := func(n int, from []string) string {
		var b strings.Builder
		for range 1 + random.IntN(n) {
			b.WriteString(from[random.IntN(len(from))])
		}
		return b.String()
	}
	segments := []string{"a", "b", "ab", "ba", "aab", ".", "-", "]", "*", "!", " "}
	for range 40 {
		files := map[string]string{}
		for range 30 {
			var parts []string
			for range 1 + random.IntN(3) {
				parts = append(parts, "x"+word(3, segments))
				parts[len(parts)-1] = strings.TrimPrefix(parts[len(parts)-1], "x")
				if p := parts[len(parts)-1]; strings.Trim(p, ".") == "" {
					parts[len(parts)-1] = "a"
				}
			}
			files[strings.Join(parts, "/")] = ""
		}
		dir := map[string]string{}
		for name := range files {
			if !conflicts(files, name) {
				dir[name] = ""
			}
		}
		for _, at := range []string{"", "a/", "b/"} {
			if _, taken := dir[strings.TrimSuffix(at, "/")]; taken && at != "" {
				continue
			}
			var lines []string
			for range 4 {
				lines = append(lines, word(5, pieces))
			}
			dir[at+".gitignore"] = strings.Join(lines, "\n") + "\n"
		}
		compareWithGit(t, dir)
	}
}

// conflicts says whether a name is a folder of another one.
func conflicts(files map[string]string, name string) bool {
	for other := range files {
		if strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}
