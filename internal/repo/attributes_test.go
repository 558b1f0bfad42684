package repo

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestAttributesMarkPlaces(t *testing.T) {
	dir := committed(t, map[string]string{
		".gitattributes": "# linguist-vendored\n*.pb.go linguist-generated\nthird/** linguist-vendored=true\nvendor/own/** -linguist-vendored\n" +
			"\"with space.tf\" linguist-generated\n[attr]made linguist-generated\nmade/* made\nfolder/ linguist-vendored\n!x.tf linguist-vendored\n",
		"sub/.gitattributes": "*.pb.go -linguist-generated\nz.pb.go !linguist-generated\n*.tf linguist-vendored\nlive.tf linguist-vendored=false\n",
		"a.pb.go":            "", "third/a/b.tf": "", "vendor/own/c.tf": "", "vendor/d.tf": "", "with space.tf": "", "made/e.tf": "", "folder/f.tf": "", "x.tf": "",
		"sub/a.pb.go": "", "sub/z.pb.go": "", "sub/g.tf": "", "sub/live.tf": "", "sub/deep/h.tf": "",
	})
	want := map[string]detect.Place{
		"a.pb.go": detect.Generated, "third/a/b.tf": detect.Vendored, "vendor/own/c.tf": detect.Live, "vendor/d.tf": detect.Vendored,
		"with space.tf": detect.Generated, "made/e.tf": detect.Generated, "folder/f.tf": detect.Live, "x.tf": detect.Live,
		"sub/a.pb.go": detect.Live, "sub/z.pb.go": detect.Live, "sub/g.tf": detect.Vendored, "sub/live.tf": detect.Live, "sub/deep/h.tf": detect.Vendored,
		".gitattributes": detect.Live, "sub/.gitattributes": detect.Live,
	}
	for _, rev := range []string{"", "HEAD"} {
		got := map[string]detect.Place{}
		r := opened(t, dir, Options{Rev: rev})
		for _, name := range names(r) {
			got[name] = r.Tree.Place(name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rev %q: %s", rev, diff)
		}
	}
	write(t, dir, map[string]string{".git/info/attributes": "x.tf linguist-generated\n"})
	if got := opened(t, dir, Options{}).Tree.Place("x.tf"); got != detect.Generated {
		t.Errorf("info/attributes: %q", got)
	}
}
