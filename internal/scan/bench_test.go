package scan_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/scan"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// The bodies of the files of a synthetic tree, by extension.
var bodies = map[string]string{
	".yaml": strings.Repeat("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n---\n", 8),
	".json": `{"a": [` + strings.Repeat(`{"b": "c", "d": [1, 2, 3]},`, 40) + `null]}`,
	".tf":   strings.Repeat("resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"${var.x}-b\"\n  tags   = { a = \"b\" }\n}\n", 10),
	".md":   strings.Repeat("# Title\n\nText with [a link](b.md) and `code`.\n\n```sh\nmake test\n```\n", 10),
	".go":   strings.Repeat("package a\n\nfunc f() {}\n", 50),
	".txt":  "text\n",
}

// synthetic is a tree of n files of which every fourth is of no interest.
func synthetic(n int) *detect.Repo {
	extensions := []string{".yaml", ".json", ".tf", ".md", ".go", ".go", ".go", ".txt"}
	entries := make([]detect.Entry, n)
	for i := range n {
		entries[i].Path = fmt.Sprintf("services/team%d/app%d/src/main/f%d%s", i%17, i%501, i, extensions[i%len(extensions)])
	}
	return &detect.Repo{Name: "synthetic", Tree: detect.NewTree(entries, nil)}
}

func readSynthetic(path string) ([]byte, error) {
	return []byte(bodies[path[strings.LastIndexByte(path, '.'):]]), nil
}

// parsing are detectors that each parse their files and report one finding.
func parsing() []*detect.Detector {
	report := func(p *detect.Pass, f *detect.File, err error) error {
		p.Report(f.Path, f.Line(1), "", nil)
		return err
	}
	ds := []*detect.Detector{
		{ID: "bench/yaml", Match: []string{"**/*.{yaml,yml}"}, File: func(p *detect.Pass, f *detect.File) error { _, err := syntax.YAML.Of(f); return report(p, f, err) }},
		{ID: "bench/json", Match: []string{"**/*.json"}, File: func(p *detect.Pass, f *detect.File) error { _, err := syntax.JSON.Of(f); return report(p, f, err) }},
		{ID: "bench/hcl", Match: []string{"**/*.tf"}, File: func(p *detect.Pass, f *detect.File) error { _, err := syntax.HCL.Of(f); return report(p, f, err) }},
		{ID: "bench/markdown", Match: []string{"**/*.md"}, File: func(p *detect.Pass, f *detect.File) error { _, err := syntax.Markdown.Of(f); return report(p, f, err) }},
	}
	for i := range 40 {
		pattern := []string{"**/Dockerfile%d", ".github/workflows/*.y%dml", "**/*.x%d", "charts/*/Chart%d.yaml", "**/a%d*"}[i%5]
		ds = append(ds, &detect.Detector{ID: fmt.Sprintf("bench/other%d", i), Match: []string{fmt.Sprintf(pattern, i)}, File: nothing})
	}
	return ds
}

// BenchmarkRoute measures what it costs to find that a file is nobody's.
func BenchmarkRoute(b *testing.B) {
	repo := synthetic(40_000)
	ds := parsing()[4:]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scan.Run(context.Background(), repo, readSynthetic, ds, scan.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/40_000, "ns/file")
}

// BenchmarkScan measures a whole scan and the memory that is live at its peak.
func BenchmarkScan(b *testing.B) {
	for _, n := range []int{5_000, 40_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			repo := synthetic(n)
			var peak uint64
			watch := scan.Options{Progress: func(int, int) {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}}
			for b.Loop() {
				if _, err := scan.Run(context.Background(), repo, readSynthetic, parsing(), watch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(peak>>20), "peak-MB")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/file")
		})
	}
}
