package detect_test

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

var tree = detect.NewTree([]detect.Entry{
	{Path: "z.txt"}, {Path: "a/b/c.txt"}, {Path: "a/b.txt"}, {Path: "a/bc/d.txt"},
	{Path: "link", Mode: detect.Symlink, Target: "a/b"}, {Path: "out", Mode: detect.Symlink}, {Path: "loop", Mode: detect.Symlink, Target: "loop/x"},
	{Path: "module", Mode: detect.Submodule},
	{Path: "envs/test/main.tf"}, {Path: "envs/prod/main.tf"}, {Path: "src/test/x.py"},
	{Path: "gen/x.pb.go"}, {Path: "docs/example/vendor/x"}, {Path: "skel/{{name}}/test/x"}, {Path: "Examples/test/x"},
}, map[string]detect.Place{"gen/x.pb.go": detect.Generated})

func TestHas(t *testing.T) {
	for path, want := range map[string]bool{
		"a": true, "a/b": true, "a/b.txt": true, "a/": true, "./z.txt": true, "a/../z.txt": true, "": true, ".": true, "A": false, "a/x": false,
		"link": true, "link/c.txt": true, "link/x": false, "out": true, "out/x": false, "loop/x": false, "module/anything": true, "module": true, "../z.txt": false, "/z.txt": false,
	} {
		if tree.Has(path) != want {
			t.Errorf("%q: %t", path, !want)
		}
	}
}

func TestUnder(t *testing.T) {
	for folder, want := range map[string]int{"a": 3, "a/b": 1, "": 15, ".": 15, "a/b.txt": 0, "zz": 0} {
		if got := len(tree.Under(folder)); got != want {
			t.Errorf("%d below %q, not %d", got, folder, want)
		}
	}
	if entry, ok := tree.File("a/./b.txt"); !ok || entry.Path != "a/b.txt" || !tree.Folder("a/bc") || tree.Folder("a/b.txt") {
		t.Error("a file or a folder is not found")
	}
}

func TestPlaces(t *testing.T) {
	for path, want := range map[string]detect.Place{
		"z.txt": detect.Live, "envs/test/main.tf": detect.Live, "envs/prod/main.tf": detect.Live, "src/test/x.py": detect.Test, "gen/x.pb.go": detect.Generated,
		"docs/example/vendor/x": detect.Vendored, "skel/{{name}}/test/x": detect.Template, "Examples/test/x": detect.Example,
		"new/node_modules/x/y.js": detect.Vendored, "": detect.Live,
	} {
		if got := tree.Place(path); got != want {
			t.Errorf("%q is %q, not %q", path, got, want)
		}
	}
}

func TestObserved(t *testing.T) {
	a, b := &detect.Detector{ID: "x/a"}, &detect.Detector{ID: "x/b"}
	o := detect.NewObserved(nil, map[*detect.Detector][]detect.Finding{a: {{Detector: a, Subject: "1", Value: 1}, {Detector: a, Subject: "2", Value: "two"}}, b: {{Detector: b, Subject: "3"}}},
		[]detect.BlindSpot{{Detector: a, Path: "p"}})
	if len(o.Of(a)) != 2 || len(o.Of(b, a)) != 3 || o.Of(b, a)[0].Subject != "3" || len(o.Of()) != 0 {
		t.Error("findings are not those of their detectors")
	}
	if len(o.Blind(a, b)) != 1 || len(o.Blind(b)) != 0 {
		t.Error("blind spots are not those of their detectors")
	}
	for f, v := range detect.Each[string](o, a) {
		if f.Subject != "2" || v != "two" {
			t.Errorf("%s is %s", f.Subject, v)
		}
	}
}

func TestChildrenAreInTheOrderOfPaths(t *testing.T) {
	tree := detect.NewTree([]detect.Entry{{Path: "a-b/x"}, {Path: "a/b/c"}, {Path: "a/b/d"}, {Path: "a/e"}, {Path: "a0"}, {Path: "z"}}, nil)
	for folder, want := range map[string]string{".": "a-b/ a/ a0 z ", "a": "b/ e ", "a/b": "c d ", "z": "", "nowhere": ""} {
		got := ""
		for name, isFolder := range tree.Children(folder) {
			got += name + map[bool]string{true: "/ ", false: " "}[isFolder]
		}
		if got != want {
			t.Errorf("in %q are %q, not %q", folder, got, want)
		}
	}
}
