package terraform

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed state.md
var stateDoc string

// StateFiles sees committed states and saved plans. A plan that plan -out wrote
// is an archive, which the scan does not open: it is told by its name.
var StateFiles = &detect.Detector{ID: "terraform/state-file", Doc: stateDoc, File: stateFiles, Repo: planFiles, Match: []string{
	"**/*.tfstate", "**/*.tfstate.backup", "**/*.tfstate.*.backup", "**/*.tfstate.json", "**/*.tfstate.bak", "**/*.tfplan.json", "**/tfplan.json", "**/plan.json",
}}

func stateFiles(p *detect.Pass, f *detect.File) error {
	if isPlan(f.Data) {
		p.Report(f.Path, f.Whole(), "saved plan", StateFile{Plan: true})
		return nil
	}
	if !strings.Contains(path.Base(f.Path), ".tfstate") {
		return nil
	}
	s, err := parseState(f.Data)
	if err != nil {
		return err
	}
	note := "state"
	if s.Empty {
		note = "state without resources"
	}
	p.Report(f.Path, f.Whole(), note, s)
	return nil
}

func planFiles(p *detect.Pass) error {
	for _, e := range p.Repo.Tree.Entries() {
		base := path.Base(e.Path)
		named := strings.HasSuffix(base, ".tfplan") || base == "tfplan" || base == "tfplan.out" || base == "tfplan.binary"
		if named && p.Repo.Tree.Place(e.Path).Read() {
			p.Report(e.Path, detect.Span{Path: e.Path}, "saved plan", StateFile{Plan: true})
		}
	}
	return nil
}

// isPlan says whether the data are what show -json makes of a saved plan.
// Source: https://developer.hashicorp.com/terraform/internals/json-format
func isPlan(data []byte) bool {
	var plan struct {
		FormatVersion   string          `json:"format_version"`
		PlannedValues   json.RawMessage `json:"planned_values"`
		ResourceChanges json.RawMessage `json:"resource_changes"`
	}
	return bytes.Contains(data, []byte(`"format_version"`)) && json.Unmarshal(data, &plan) == nil &&
		plan.FormatVersion != "" && (plan.PlannedValues != nil || plan.ResourceChanges != nil)
}

// parseState tells whether a state holds resources: in the form of version 4,
// or below modules as in version 3. The form of an encrypted state of OpenTofu
// does not tell.
func parseState(data []byte) (StateFile, error) {
	var s struct {
		Encrypted string            `json:"encrypted_data"`
		Resources []json.RawMessage `json:"resources"`
		Modules   []struct {
			Resources map[string]json.RawMessage `json:"resources"`
		} `json:"modules"`
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return StateFile{Empty: true}, nil
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &s); err != nil {
		return StateFile{}, fmt.Errorf("is named like a Terraform state and is not one: %w", err)
	}
	found := len(s.Resources) > 0 || s.Encrypted != ""
	for _, m := range s.Modules {
		found = found || len(m.Resources) > 0
	}
	return StateFile{Empty: !found}, nil
}
