package detect_test

import (
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestContains(t *testing.T) {
	for text, words := range map[string][]string{
		"":         {""},
		"ab":       {"", "a", "ab"},
		"abcé\x00": {"abc", "bcé", "é\x00", "\x00", "abcé\x00"},
	} {
		f := detect.NewFile("a", []byte(text))
		for _, word := range words {
			if !f.Contains(word) || !f.ContainsAny("none", word) {
				t.Errorf("%q is not found in %q", word, text)
			}
		}
		for _, word := range []string{"abd", "bca", "c\x00", "abcabc", strings.Repeat("a", 99)} {
			if f.Contains(word) || f.ContainsAny(word, "none") || f.ContainsAny() {
				t.Errorf("%q is found in %q", word, text)
			}
		}
	}
}
