package syntax

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestTOML(t *testing.T) {
	f := detect.NewFile("a.toml", []byte("# a [comment]\ntitle = \"x [not.a.table]\"\n\n[tool.ruff]\nline-length = 100\nselect = [\"E\", \"F\"]\n\n[[hooks]]\nid = 'one'\n[[hooks]]\nid = 'two'\n[hooks.more]\na.b = {c = true}\n"))
	n, err := TOML.Of(f)
	if err != nil {
		t.Fatal(err)
	}
	if n.Get("not").Exists() || n.Get("title").Text() != "x [not.a.table]" {
		t.Error("a text was taken for a table")
	}
	if ruff := n.Get("tool", "ruff"); ruff.Get("line-length").Text() != "100" || strings.Join(ruff.Get("select").Texts(), "") != "EF" || ruff.Get("select").Line() != 6 {
		t.Errorf("tool.ruff: %v at line %d", ruff.Get("select").Texts(), ruff.Get("select").Line())
	}
	hooks := n.Get("hooks").Items()
	if len(hooks) != 2 || hooks[1].Get("id").Text() != "two" || !hooks[1].Get("more", "a", "b", "c").True() {
		t.Errorf("%d hooks, the second %q", len(hooks), hooks[len(hooks)-1].Get("id").Text())
	}
}

func TestTOMLThatIsHostile(t *testing.T) {
	for name, text := range map[string]string{"deep": "a = " + strings.Repeat("[", 100_000), "broken": "a = \n[", "keys": "a = 1\n[a]\nb = 2\n[[a]]\nc = 3\n"} {
		if _, err := TOML.Of(detect.NewFile("a.toml", []byte(text))); err == nil && name != "keys" {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzTOML(f *testing.F) {
	f.Add("[a.b]\nc = [1, {d = 2}]\n[[e]]\n")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := TOML.Of(detect.NewFile("a.toml", []byte(text)))
		if err == nil {
			for _, v := range n.Pairs() {
				_ = v.Span()
			}
		}
	})
}
