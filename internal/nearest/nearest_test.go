package nearest

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	known := []string{"continuous-integration", "docs/dead-link", "kubernetes/moving-chart", "kubernetes/moving-image", "kubernetes/sync", "roles"}
	for word, want := range map[string][]string{
		"kubernetes/moving":      {"kubernetes/moving-chart", "kubernetes/moving-image"},
		"Kubernetes/Sync":        {"kubernetes/sync"},
		"dead-link":              {"docs/dead-link"},
		"continuous-integartion": {"continuous-integration"},
		"rolse":                  {"roles"},
		"":                       nil,
		"zebra":                  nil,
	} {
		if got := Words(word, known); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}
