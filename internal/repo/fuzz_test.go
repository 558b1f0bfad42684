package repo

import (
	"strings"
	"testing"
)

func FuzzGlob(f *testing.F) {
	for _, pattern := range []string{"**/a*b/**", "[!a-z]", "[[:alpha:]", `a\`, "***", "*a*a*a*a*a*b"} {
		f.Add(pattern, "aaaaaaaaaaaaaaa/b")
	}
	f.Fuzz(func(_ *testing.T, pattern, text string) {
		for _, fold := range []bool{true, false} {
			for _, p := range parseIgnore([]byte(pattern), fold) {
				p.match(text, true)
			}
			parseAttributes(pattern, fold)
		}
	})
}

func FuzzGitConfig(f *testing.F) {
	f.Add("[a \"b\\\"]c\"]\nk = \"v\\\nw\" # x\n")
	f.Fuzz(func(_ *testing.T, text string) {
		_ = supported(parseGitConfig(text))
		originOf(text)
	})
}

func TestPatternsDoNotBacktrackWithoutEnd(t *testing.T) {
	text := strings.Repeat("a", 4000) + "/" + strings.Repeat("a/", 40)
	for _, pattern := range []string{strings.Repeat("*a", 200) + "b", strings.Repeat("**/a", 60) + "b", strings.Repeat("**/*a*", 60) + "b", strings.Repeat("a**", 100) + "/b"} {
		p := parsePattern(pattern, true)
		if p.match(text, false) {
			t.Errorf("%.20s matches", pattern)
		}
	}
}
