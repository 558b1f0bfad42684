//go:build git

package repo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

// What git says of the two attributes, and the places that we make of them, must
// be the same for random patterns.
func TestAttributesAgreeWithGit(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	for range 12 {
		files := map[string]string{}
		for range 30 {
			files[pick("a", "b", "ab")+"/"+pick("a", "b")+"/"+pick("x.go", "y.go", "z")] = ""
			files[pick("x.go", "top", "q z")] = ""
		}
		for _, file := range []string{".gitattributes", "a/.gitattributes", "a/b/.gitattributes", ".git/info/attributes"} {
			var lines strings.Builder
			for range 5 {
				pattern := pick("*", "*.go", "x.go", "/a/**", "a/", "**/b", "**/b/*", "[ab]/*/z", "a*/b/x.go", "\"q z\"", "!*.go", "\"a/b/\\170.go\"", "#x")
				fmt.Fprintf(&lines, "%s %s\n", pattern, pick("linguist-vendored", "-linguist-vendored", "!linguist-vendored", "linguist-generated=true", "linguist-generated=false", "linguist-generated text", "linguist-generated -linguist-vendored"))
			}
			files[file] = lines.String()
		}
		dir := gitInit(t)
		write(t, dir, files)
		got := map[string]detect.Place{}
		r := opened(t, dir, Options{})
		for _, name := range names(r) {
			got[name] = r.Tree.Place(name)
		}
		if diff := cmp.Diff(placesByGit(t, dir, names(r)), got); diff != "" {
			t.Errorf("git (-) and ours (+), for %q\n%s", files, diff)
		}
	}
}

func placesByGit(t *testing.T, dir string, paths []string) map[string]detect.Place {
	t.Helper()
	places := map[string]detect.Place{}
	fields := strings.Split(git(t, dir, append([]string{"check-attr", "-z", vendoredAttribute, generatedAttribute, "--"}, paths...)...), "\x00")
	values := map[string]string{}
	for i := 0; i+2 < len(fields); i += 3 {
		values[fields[i]+" "+fields[i+1]] = fields[i+2]
	}
	on := map[string]bool{"set": true, "true": true}
	for _, p := range paths {
		switch {
		case on[values[p+" "+vendoredAttribute]]:
			places[p] = detect.Vendored
		case on[values[p+" "+generatedAttribute]]:
			places[p] = detect.Generated
		default:
			places[p] = detect.Live
		}
	}
	return places
}
