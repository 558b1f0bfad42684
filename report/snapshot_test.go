package report_test

import (
	"testing"

	"github.com/waymark-dev/waymark/report"
)

func FuzzReadBaseline(f *testing.F) {
	written, err := report.WriteBaseline(report.Report{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(written)
	f.Add([]byte(`{"schemaVersion": "` + report.SchemaVersion + `", "repositories": [{"name": "a", "stage": 9, "criteria": [{}], "gaps": [{"key": "", "path": "../b"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := report.ReadBaseline(data)
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("an error of %d characters", len(err.Error()))
		}
		for _, s := range list {
			if _, found := report.Of(list, s.Name); !found {
				t.Errorf("the snapshot %q is there and cannot be found", s.Name)
			}
		}
	})
}
