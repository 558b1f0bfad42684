package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func tomlOf(t *testing.T, text string) syntax.Node {
	t.Helper()
	n, err := syntax.TOML.Of(detect.NewFile("a.toml", []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTOML(t *testing.T) {
	same(t, []string{
		` !!map "" at 1:1-14`,
		`/title !!str "x [not.a.table]" at 2:9-26`,
		`/tool !!map "" at 4:1-12`,
		`/tool/ruff !!map "" at 4:1-12`,
		`/tool/ruff/line-length !!str "100" at 5:15-18`,
		`/tool/ruff/select !!seq "" at 6:1-20`,
		`/tool/ruff/select/0 !!str "E" at 6:11-14`,
		`/tool/ruff/select/1 !!str "F" at 6:16-19`,
		`/hooks !!seq "" at 8:1-10`,
		`/hooks/0 !!map "" at 8:1-10`,
		`/hooks/0/id !!str "é" at 9:6-9`,
		`/hooks/1 !!map "" at 10:1-10`,
		`/hooks/1/id !!str "two" at 11:6-11`,
		`/hooks/1/more !!map "" at 12:1-13`,
		`/hooks/1/more/a !!map "" at 13:1-17`,
		`/hooks/1/more/a/b !!map "" at 13:1-17`,
		`/hooks/1/more/a/b/c !!str "true" at 13:12-16`,
	}, flat(tomlOf(t, `# a [comment]
title = "x [not.a.table]"

[tool.ruff]
line-length = 100
select = ["E", "F"]

[[hooks]]
id = 'é'
[[hooks]]
id = 'two'
[hooks.more]
a.b = {c = true}
`), ""))
}

func TestTOMLThatIsNotValid(t *testing.T) {
	for text, want := range map[string]string{
		"a = 1\nb = [": "is not valid TOML", "a = 1\nb ! 2\n": "line 2", "a = " + strings.Repeat("[", 100_000): "nested too deeply",
	} {
		if _, err := syntax.TOML.Of(detect.NewFile("a.toml", []byte(text))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, not %s", text, err, want)
		}
	}
}

// What TOML forbids is read as far as it can be.
func TestTOMLThatContradictsItself(t *testing.T) {
	n := tomlOf(t, "a = 1\n[a]\nb = 2\n[[a]]\nc = 3\n[d]\ne = 1\n[d]\ne = 2\nf = 3\n")
	if n.Get("a").Text() != "1" || n.Get("d", "e").Text() != "1" || n.Get("d", "f").Text() != "3" {
		t.Errorf("%q", flat(n, ""))
	}
}

func TestLargeTOML(t *testing.T) {
	var text strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&text, "[a.b%d]\nc = %d\n", i, i)
	}
	if n := tomlOf(t, text.String()); n.Get("a", "b29999", "c").Text() != "29999" {
		t.Error("the last table is not there")
	}
}
