package provisioning

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func isPacker(p string) bool { return strings.HasSuffix(p, ".pkr.hcl") || isJSON(p) }

// readPacker reads a template of Packer, in HCL or in the older JSON.
// Source: https://developer.hashicorp.com/packer/docs/templates
func readPacker(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if isJSON(f.Path) {
		return readPackerJSON(f)
	}
	body, err := syntax.HCL.Of(f)
	builds := len(body.All("build"))
	if err != nil || builds == 0 {
		return nil, err
	}
	return whole(f, Project{Tool: "packer", Resources: builds}), nil
}

func readPackerJSON(f *detect.File) ([]placed, error) {
	if !f.Contains(`"builders"`) {
		return nil, nil
	}
	doc, err := syntax.JSON.Of(f)
	builders := doc.Get("builders").Items()
	if err != nil || len(builders) == 0 || builders[0].Get("type").Text() == "" {
		return nil, nil
	}
	return whole(f, Project{Tool: "packer", Resources: len(builders)}), nil
}

func isNomad(p string) bool {
	return strings.HasSuffix(p, ".nomad") || strings.HasSuffix(p, ".job") || strings.HasSuffix(p, ".hcl") && !strings.HasSuffix(p, ".pkr.hcl") && path.Base(p) != ".terraform.lock.hcl"
}

// readNomad reads the jobs of Nomad. Only files that bear its name are taken
// for unreadable ones of it.
// Source: https://developer.hashicorp.com/nomad/docs/job-specification
func readNomad(_ *detect.Tree, f *detect.File) ([]placed, error) {
	body, err := syntax.HCL.Of(f)
	if err != nil {
		if strings.Contains(path.Base(f.Path), ".nomad") {
			return nil, err
		}
		return nil, nil
	}
	var found []placed
	for _, job := range body.All("job") {
		tasks := len(job.Body.All("group")) + len(job.Body.All("task"))
		if len(job.Labels) == 1 && tasks > 0 {
			p := Project{Tool: "nomad", Dir: path.Dir(f.Path), Resources: tasks}
			found = append(found, placed{p, f.Path + " job." + job.Labels[0], job.At})
		}
	}
	return found, nil
}
