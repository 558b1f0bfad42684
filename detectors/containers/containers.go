// Package containers detects how images are built and run locally:
// Dockerfiles, base images, Compose files.
package containers

import (
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A Build is a Dockerfile (or Containerfile).
type Build struct {
	Dir string
	// Commands are those of its RUN instructions.
	Commands []wiring.Command
	// Entry says that it has a CMD or an ENTRYPOINT.
	Entry bool
}

// A Base is the image of a FROM, or of a "COPY --from" of another image.
type Base struct {
	Ref, Name, Tag, Digest string
	// Stage is the name of the stage that it starts.
	Stage string
	// Argument says that a part of it is a build argument without a default.
	Argument bool
	// Line is the line of a Compose file that names it; 0 elsewhere.
	Line int
}

// Pinned says that the image names a digest or a tag other than a moving one.
// It is true for images that an argument decides, which cannot be told.
func (b Base) Pinned() bool { return b.Argument || b.Digest != "" || !manifest.Moving(b.Tag) }

// A Compose is a Compose file.
type Compose struct {
	Dir      string
	Services []string
	// Images are the images of its services by their line.
	Images []Base
	// Deploys says that the file is meant for a server: it names only published
	// images, or has a deploy section.
	Deploys bool
}
