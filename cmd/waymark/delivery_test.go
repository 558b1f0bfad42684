package main

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestAgesAreCountedFromTheCommitOrTheDayAskedFor: never from the clock.
func TestAgesAreCountedFromTheCommitOrTheDayAskedFor(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "main.tf", Data: []byte("resource \"aws_vpc\" \"main\" {}\n")}})
	for asOf, want := range map[string]int{"": 1, "2026-05-02": 1, "2028-01-01": 0} {
		args := []string{"scan", "-f", "json", root}
		if asOf != "" {
			args = append(args, "--as-of", asOf)
		}
		_, stdout, stderr := waymark(t, args...)
		var report struct {
			Repositories []struct {
				Facts struct {
					Authors int `json:"authors_last_365d_human"`
				}
				History struct {
					Delivery struct{ ActiveContributors int }
				}
			}
		}
		must(t, json.Unmarshal([]byte(stdout), &report))
		r := report.Repositories[0]
		if r.Facts.Authors != want || r.History.Delivery.ActiveContributors != want {
			t.Errorf("--as-of %q: %d authors, %d active, want %d\n%s", asOf, r.Facts.Authors, r.History.Delivery.ActiveContributors, want, stderr)
		}
	}
}

func TestDeliveryIsExplainedWithItsEvents(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Shop\n")}})
	if _, stdout, _ := waymark(t, "explain", "delivery"); !strings.Contains(stdout, "DORA 2024") || !strings.Contains(stdout, "no stage rests on them") {
		t.Error(stdout)
	}
	if _, stdout, _ := waymark(t, "explain", "delivery", root); !strings.Contains(stdout, "first changes of newcomers: 1 event") || !strings.Contains(stdout, "nothing in git tells") {
		t.Error(stdout)
	}
	if _, stdout, _ := waymark(t, "explain", "delivery", root, "--no-history"); !strings.Contains(stdout, "Not told") {
		t.Error(stdout)
	}
}
