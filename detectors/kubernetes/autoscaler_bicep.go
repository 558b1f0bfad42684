package kubernetes

import (
	"bytes"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

var (
	// bicepScaler matches a line of Bicep by which a pool of nodes follows the load.
	// Source: https://learn.microsoft.com/en-us/azure/templates/microsoft.containerservice/managedclusters
	bicepScaler = regex.New(`^\s*enableAutoScaling\s*:\s*true\s*$`)
	// bicepText matches the comments of Bicep, and its texts of several lines.
	bicepText = regex.New(`(?s)'''.*?'''|/\*.*?\*/|//[^\n]*`)
)

// bicepScalers reports pools of nodes of Azure that follow the load.
func bicepScalers(p *detect.Pass, f *detect.File) {
	if !f.Contains("enableAutoScaling") {
		return
	}
	code := bicepText.ReplaceAllFunc(f.Data, func(text []byte) []byte { return bytes.Repeat([]byte("\n"), bytes.Count(text, []byte("\n"))) })
	n := 0
	for line := range bytes.Lines(code) {
		if n++; bicepScaler.Match(line) {
			p.Report("enableAutoScaling", f.Line(n), "a pool of nodes follows the load", Autoscaler{Kind: "node-pool", Target: "nodes", Enabled: true})
		}
	}
}
