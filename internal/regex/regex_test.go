package regex

import (
	"regexp"
	"testing"
)

// Whatever the engine finds is found: words only spare looking.
func TestPatternsFindWhatTheEngineFinds(t *testing.T) {
	expressions := []string{
		`(?i)\b(?:create|creates|creating|add|re(?:move|new))\b.{0,9}?\b(?:in|from) (?:the |our )?consoles?\b`,
		`^https?://(?:[\w.-]*console\.(?:aws\.amazon|cloud\.google)\.com|portal\.azure\.com)`,
		`(?m)^FROM +(?:--platform=\S+ +)?(\S+)`, `[.!?]["')]* +(?:[A-Z]|$)`, `(?i)keys?`, `(?i:tools?|x)y?`, `a|b|`, `(?:ab){2,}c`, `(?s)<!--.*?-->`, `x*`, `(?i)straße|ς`, `(go|Go)lang\d`, `[Gg]olang`,
	}
	texts := []string{
		"", "create it in the console", "Re-new FROM our Consoles", "ADD x in CONSOLE now", "remove", "https://eu.console.aws.amazon.com/x", "http://portal.azure.com", "FROM --platform=x a:1\nFROM b",
		"One. Two", "ﬂ Keyſ", "\u212Aeys", "TOOLſ", "xy", "xY", "ababc", "abc", "<!-- a\n -->", "STRASSE", "STRAẞE", "Σ", "golang1", "Golang2", "GOLANG3", "b", "\xff create \xfe in console",
	}
	for _, e := range expressions {
		p, engine := New(e), regexp.MustCompile(e)
		for _, text := range texts {
			if got, want := p.MatchString(text), engine.MatchString(text); got != want {
				t.Errorf("%s on %q: %v, the engine says %v", e, text, got, want)
			}
			if got, want := string(p.Find([]byte(text))), engine.FindString(text); got != want {
				t.Errorf("%s on %q finds %q, the engine %q", e, text, got, want)
			}
			if got, want := p.ReplaceAllString(text, "<$0>"), engine.ReplaceAllString(text, "<$0>"); got != want {
				t.Errorf("%s on %q makes %q, the engine %q", e, text, got, want)
			}
		}
	}
}

func TestTextsWithoutTheWordsAreSpared(t *testing.T) {
	for expression, text := range map[string]string{
		`(?i)\b(?:create|add|remove)\b.{0,9} (?:console|portal)s?\b`: "Create a file in the folder",
		`(?m)^FROM +\S+`: "FRO M",
		`[Gg]olang\d`:    "a gopher",
	} {
		if p := New(expression); p.in(text) || p.inBytes([]byte(text)) {
			t.Errorf("%s: the engine looks at %q", expression, text)
		}
	}
}
