package syntax_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func TestJSON(t *testing.T) {
	n, err := syntax.JSON.Of(detect.NewFile("a.json", []byte(`// comment
{
	"a": "q\u00e9\ud83d\ude80\"\n", /* x */
	"é": {"b": [1, -2.5e3, true, null, ""]},
	plain: 'single',
	"empty": {},
}
`)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string{
		` !!map "" at 2:1-2`,
		`/a !!str "qé🚀\"\n" at 3:7-32`,
		`/é !!map "" at 4:1-42`,
		`/é/b !!seq "" at 4:1-42`,
		`/é/b/0 !!int "1" at 4:14-15`,
		`/é/b/1 !!float "-2.5e3" at 4:17-23`,
		`/é/b/2 !!bool "true" at 4:25-29`,
		`/é/b/3 !!null "" at 4:31-35`,
		`/é/b/4 !!str "" at 4:37-39`,
		`/plain !!str "single" at 5:9-17`,
		`/empty !!map "" at 6:1-14`,
	}, flat(n, ""))
}

func TestJSONThatIsNotValid(t *testing.T) {
	for text, want := range map[string]string{
		"{\n\"a\": 1\n\"b\": 2}": "line 3: a comma",
		`{"a" 1}`:                "line 1: a colon",
		`{"a": "b`:               "has no end",
		`{"a": b}`:               `"b" is no value`,
		`{"a": 1} {}`:            "something follows",
		`{"a": 1`:                "is missing",
		`]`:                      `"]" is no value`,
		"\x00":                   "is no value",
		`{"a": {{ x }} }`:        syntax.ErrTemplated.Error(),
		strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000): "nested too deeply",
		strings.Repeat(`{"a":`, 100_000):                            "nested too deeply",
	} {
		_, err := syntax.JSON.Of(detect.NewFile("a.json", []byte(text)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, not %s", text, err, want)
		}
	}
	if n, err := syntax.JSON.Of(detect.NewFile("a.json", []byte(" \n"))); err != nil || n.Exists() {
		t.Errorf("an empty file: %v, %v", n, err)
	}
}

func TestDataIsChosenByExtension(t *testing.T) {
	for path, text := range map[string]string{"a.json": "{\"a\": 1, // x\n}", "a.yaml": "a: 1", "a.template": "\n{\"a\": 1,}", "b.template": "a: 1", "b.yml": "{a: 1}"} {
		docs, err := syntax.Data(detect.NewFile(path, []byte(text)))
		if err != nil || len(docs) != 1 || docs[0].Get("a").Text() != "1" {
			t.Errorf("%s: %v, %v", path, docs, err)
		}
	}
	if _, err := syntax.Data(detect.NewFile("a.yaml", []byte("{{ x }}: [\n"))); !errors.Is(err, syntax.ErrTemplated) {
		t.Errorf("%v", err)
	}
}
