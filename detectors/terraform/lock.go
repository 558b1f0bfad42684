package terraform

import (
	_ "embed"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed lock.md
var lockDoc string

// lockFileName is the file that init writes the chosen versions of providers
// to.
// Source: https://developer.hashicorp.com/terraform/language/files/dependency-lock
const lockFileName = ".terraform.lock.hcl"

// LockFiles sees the committed dependency lock files of configurations.
var LockFiles = &detect.Detector{ID: "terraform/lock-file", Doc: lockDoc, Match: []string{"**/" + lockFileName}, File: lockFiles}

func lockFiles(p *detect.Pass, f *detect.File) error {
	body, err := syntax.HCL.Of(f)
	if err != nil {
		return err
	}
	l := LockFile{Dir: path.Dir(f.Path), Providers: len(body.All("provider"))}
	p.Report(f.Path, f.Whole(), "locks the providers of "+l.Dir, l)
	return nil
}
