package scan

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

func nothing(*detect.Pass, *detect.File) error { return nil }

func routerOf(t testing.TB, patterns ...string) *router {
	t.Helper()
	var ds []*detect.Detector
	for _, p := range patterns {
		ds = append(ds, &detect.Detector{ID: "test/" + p, Match: []string{p}, File: nothing})
	}
	r, err := newRouter(ds)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var patterns = []string{
	"**/*.tf", "*.tf", "**/Dockerfile", "Dockerfile", "**/Dockerfile*", "**/*.{yaml,yml}", "**/*.tf.json", ".github/workflows/*.{yml,yaml}",
	"**/{Makefile,makefile,GNUmakefile}", "charts/*/Chart.yaml", "**/.env*", "**/*", "**", "docs/**", "**/docs/**/*.md", "a/b/c.txt", "**/[Rr]eadme.md",
	"**/?.go", "**/*.y?ml", "**/*-lock.json", "{a,b}/**/*.go", "**/{a,b}/{c,d}.txt", "**/*.{t{f,m},go}", `**/\*.md`, "**/*.tfstate.*", "**/.terraform/**", `{a/b\-,c}`, "**/x[a/b]c", "docs/*", "**/a*/**/z*.md",
}

var paths = []string{
	"main.tf", "a/main.tf", ".tf", "a/b/.tf", "Dockerfile", "x/Dockerfile", "x/Dockerfile.dev", "values.yaml", "a/values.yml", "a/x.tf.json",
	".github/workflows/ci.yml", "sub/.github/workflows/ci.yaml", "Makefile", "a/GNUmakefile", "charts/web/Chart.yaml", "charts/a/b/Chart.yaml", ".env", "a/.env.prod",
	"docs/a/b.md", "x/docs/y/z.md", "a/b/c.txt", "a/c.txt", "x/b/d.txt", "Readme.md", "readme.md", "a.go", "a/b.go", "b/x/yy.go", "package-lock.json", "x.tm",
	"*.md", "a/*.md", "terraform.tfstate.backup", ".terraform/x", "noextension", "a.b.c.d", "é/ü.tf", "dots./x.", "x.yxml",
}

func TestRouterAgreesWithThePatterns(t *testing.T) {
	r := routerOf(t, patterns...)
	for _, path := range paths {
		var want, is []string
		for _, p := range patterns {
			if doublestar.MatchUnvalidated(p, path) {
				want = append(want, "test/"+p)
			}
		}
		for _, d := range r.to(path) {
			is = append(is, d.ID)
		}
		if !slices.Equal(want, is) {
			t.Errorf("%s goes to %q, not to %q", path, is, want)
		}
	}
}

func TestRouterNamesABrokenPattern(t *testing.T) {
	_, err := newRouter([]*detect.Detector{{ID: "test/broken", Match: []string{"**/[a"}, File: nothing}})
	if err == nil {
		t.Error("a broken pattern was taken")
	}
}

func TestDetectorIsRoutedToOnce(t *testing.T) {
	r, err := newRouter([]*detect.Detector{
		{ID: "test/a", Match: []string{"**/*.tf", "**/main.tf", "**/*"}, File: nothing},
		{ID: "test/b", Match: []string{"**/*"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.to("x/main.tf"); len(got) != 1 || got[0].ID != "test/a" {
		t.Errorf("%d detectors", len(got))
	}
}

func FuzzRouter(f *testing.F) {
	for i, p := range patterns {
		f.Add(p, paths[i%len(paths)])
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if !utf8.ValidString(pattern) || !doublestar.ValidatePattern(pattern) || path == "" || path[len(path)-1] == '/' {
			return
		}
		want := doublestar.MatchUnvalidated(pattern, path)
		if is := len(routerOf(t, pattern).to(path)) == 1; is != want {
			t.Errorf("%q on %q: %v, not %v", pattern, path, is, want)
		}
	})
}
