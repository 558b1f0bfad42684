package main

import "os/exec"

// A peer is what people run today for a part of the job.
type peer struct {
	command []string // the clone follows
	version []string
	bound   string
}

var peers = []peer{
	{[]string{"trivy", "config", "--quiet"}, []string{"trivy", "--version"}, "≤ 0.05"},
	{[]string{"kics", "scan", "--silent", "-p"}, []string{"kics", "version"}, "≤ 0.05"},
	{[]string{"terrascan", "scan", "-d"}, []string{"terrascan", "version"}, ""},
	{[]string{"kube-linter", "lint"}, []string{"kube-linter", "version"}, ""},
	{[]string{"harness-score"}, []string{"harness-score", "--version"}, "≤ 3"},
	{[]string{"actionlint"}, []string{"actionlint", "-version"}, ""},
}

func (p peer) name() string { return p.command[0] }

func (p peer) found() bool {
	_, err := exec.LookPath(p.name())
	return err == nil
}

// on is the command for a clone. actionlint finds the workflows of the folder
// that it runs in, and takes no other.
func (p peer) on(clone string) []string {
	if p.name() == "actionlint" {
		return []string{"sh", "-c", `cd "$1" && exec actionlint`, "sh", clone}
	}
	return append(append([]string{}, p.command...), clone)
}
