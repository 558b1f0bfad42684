package ci

import "github.com/waymark-dev/waymark/internal/detect"

// Stubs until their files are written.
var (
	Blocks         = &detect.Detector{ID: "ci/shared-block"}
)
