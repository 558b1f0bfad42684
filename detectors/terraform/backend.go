package terraform

import (
	_ "embed"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed backend.md
var backendDoc string

// Backends sees where configurations keep their state: backend and cloud
// blocks, and what Terragrunt writes for its units.
var Backends = &detect.Detector{
	ID: "terraform/backend", Doc: backendDoc, Match: append(slices.Clone(configurations), terragruntFilePattern), File: backends,
}

func backends(p *detect.Pass, f *detect.File) error {
	if isConfiguration(f.Path) {
		body, err := syntax.HCL.Of(f)
		reportBackends(p, backendsIn(path.Dir(f.Path), body))
		return err
	}
	unit, err := terragrunt.Of(f)
	if unit != nil {
		reportBackends(p, unit.backends)
	}
	return err
}

func reportBackends(p *detect.Pass, found []placedBackend) {
	for _, b := range found {
		p.Report(in(b.Dir, "backend."+b.Type), b.at, b.note(), b.Backend)
	}
}

type placedBackend struct {
	Backend
	at detect.Span
}

func (b Backend) note() string {
	switch {
	case !b.Shared:
		return "state on the machine that applies it"
	case !b.Locked:
		return "shared state without a lock"
	}
	return "shared state with a lock"
}

// backendsIn are the backends that a body of Terraform configuration declares.
func backendsIn(dir string, body syntax.Body) []placedBackend {
	var found []placedBackend
	for _, terraform := range body.All("terraform") {
		for _, block := range terraform.Body.Blocks {
			switch {
			case block.Type == "cloud":
				found = append(found, placedBackend{Backend{Type: "cloud", Dir: dir, Shared: true, Locked: true}, block.At})
			case block.Type == "backend" && len(block.Labels) > 0:
				found = append(found, placedBackend{backendOf(dir, block.Labels[0], block.Body), block.At})
			}
		}
	}
	return found
}

func backendOf(dir, kind string, settings syntax.Body) Backend {
	return Backend{Type: kind, Dir: dir, Shared: kind != "local", Locked: locked(kind, settings)}
}

// A lock is how a type of backend keeps concurrent changes out. Types that are
// not listed always do.
type lock struct {
	// by are the settings of which one switches the lock on.
	by []string
	// needed is a setting that the backend cannot do without: where it is
	// missing, settings are given at init, and the lock may be among them.
	needed string
	// never says that the type has no lock.
	never bool
}

// locks are the types of backends that do not always lock.
// Source: https://developer.hashicorp.com/terraform/language/backend
var locks = map[string]lock{
	"s3":          {by: []string{"dynamodb_table", "use_lockfile", "dynamodb_endpoint"}, needed: "bucket"},
	"http":        {by: []string{"lock_address"}, needed: "address"},
	"oss":         {by: []string{"tablestore_table"}, needed: "bucket"},
	"artifactory": {never: true},
	"etcd":        {never: true},
}

func locked(kind string, settings syntax.Body) bool {
	if a, ok := settings.Attribute("lock"); ok && a.Text == "false" {
		return false
	}
	l, ok := locks[kind]
	if !ok {
		return true
	}
	if l.never {
		return false
	}
	for _, name := range l.by {
		if a, ok := settings.Attribute(name); ok && a.Text != "false" {
			return true
		}
	}
	_, complete := settings.Attribute(l.needed)
	return !complete
}
