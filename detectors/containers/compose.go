package containers

import (
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed compose.md
var composeDoc string

// Composes sees Compose files. Its values are a Compose each.
var Composes = &detect.Detector{
	ID: "containers/compose", Doc: composeDoc, File: composes,
	Match: []string{"**/docker-compose*.{yml,yaml}", "**/compose*.{yml,yaml}", "**/*.compose.{yml,yaml}", "**/*docker-compose.{yml,yaml}", "**/podman-compose*.{yml,yaml}"},
}

func composes(p *detect.Pass, f *detect.File) error {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return err
	}
	services := docs[0].Get("services")
	if !services.IsMap() {
		return nil
	}
	c, built, deployed := Compose{Dir: path.Dir(f.Path)}, false, false
	for name, service := range services.Pairs() {
		c.Services = append(c.Services, name.Text())
		built = built || service.Get("build").Exists()
		deployed = deployed || service.Get("deploy").IsMap()
		if image := service.Get("image"); image.Text() != "" && !service.Get("build").Exists() {
			b := composeImage(image.Text())
			b.Line = image.Line()
			c.Images = append(c.Images, b)
		}
	}
	c.Deploys = deployed || !built && len(c.Images) > 0
	if len(c.Services) > 0 {
		p.Report(f.Path, f.Whole(), "services "+strings.Join(c.Services, ", "), c)
	}
	return nil
}

// composeImage is the image of a service, with the defaults of variables in
// their place.
func composeImage(ref string) Base {
	s := stages{}
	expanded, whole := s.expand(ref, 0)
	b := baseOf(expanded)
	b.Argument = !whole
	return b
}
