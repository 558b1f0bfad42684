package report

import (
	"fmt"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// An htmlDocumentList is how fresh the documents are, the stale ones first.
type htmlDocumentList struct {
	Fresh, Stale, Unjudged int
	// The widths of the parts of the bar, of 200.
	FreshWidth, StaleWidth float64
	List                   []htmlDocument
	More                   int
	Says                   string
}

type htmlDocument struct {
	At           htmlPlace
	State, Class string
	Last         string
	Missed       int
}

func documentListOf(r Repository) htmlDocumentList {
	var out htmlDocumentList
	documents := slices.Clone(r.Documents)
	rank := map[string]int{"stale": 0, "fresh": 1, "unjudged": 2}
	slices.SortStableFunc(documents, func(a, b rules.Document) int {
		if a.State != b.State {
			return rank[a.State] - rank[b.State]
		}
		return b.Missed - a.Missed
	})
	for _, d := range documents {
		switch d.State {
		case "fresh":
			out.Fresh++
		case "stale":
			out.Stale++
		default:
			out.Unjudged++
		}
		if len(out.List) == mostDocuments {
			out.More++
			continue
		}
		out.List = append(out.List, htmlDocumentOf(r, d))
	}
	if judged := float64(out.Fresh + out.Stale); judged > 0 {
		out.FreshWidth, out.StaleWidth = 200*float64(out.Fresh)/judged, 200*float64(out.Stale)/judged
	}
	out.Says = fmt.Sprintf("%d fresh, %d stale, %d not judged", out.Fresh, out.Stale, out.Unjudged)
	return out
}

func htmlDocumentOf(r Repository, d rules.Document) htmlDocument {
	out := htmlDocument{At: htmlPlace{Plain(d.Path), htmlLink(r, detect.Span{Path: d.Path})}, State: d.State, Class: d.State, Missed: d.Missed}
	if d.State == "unjudged" {
		out.State = "not judged"
	}
	if d.Substantive.ID != "" {
		out.Last = d.Substantive.When.UTC().Format("2006-01-02")
	}
	return out
}
