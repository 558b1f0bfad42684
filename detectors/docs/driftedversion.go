package docs

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

//go:embed driftedversion.md
var driftedVersionDoc string

// DriftedVersions sees versions in documents that contradict what files pin.
// Its values are a Drift each; the subject is the tool with the version as the
// document has it.
var DriftedVersions = &detect.Detector{ID: "docs/drifted-version", Doc: driftedVersionDoc, Repo: driftedVersions}

// A Drift is a version that a document states against the one that is pinned.
type Drift struct {
	Tool string
	// Stated is the version by the document, Pinned the one by the file.
	Stated, Pinned string
	// PinnedAt is where the nearest of the pins stands that all contradict it.
	PinnedAt detect.Span
}

// ofVersion matches the path of a page that is about one version of the thing,
// and so not about what is pinned now: "docs/v1.md".
var ofVersion = regex.New(`(?i)(?:^|/)(?:v\d+|v?\d+\.(?:\d+|x))(?:\.(?:\d+|x))*(?:\.\w+$|/)`)

func driftedVersions(p *detect.Pass) error {
	pins := map[string][]detect.Finding{}
	for _, f := range p.Findings(PinnedVersions) {
		if pin, ok := f.Value.(Pin); ok && f.Place == detect.Live {
			pins[pin.Tool] = append(pins[pin.Tool], f)
		}
	}
	for _, f := range p.Findings(Documents) {
		d, ok := f.Value.(Document)
		if !ok || !d.lasting() || ofVersion.MatchString(f.At.Path) {
			continue
		}
		for _, s := range d.stated {
			if against, ok := s.contradicted(pinsFor(f.At.Path, s.tool, pins[s.tool])); ok {
				pin, _ := against.Value.(Pin)
				p.Report(s.tool+" "+s.version, s.at, against.At.Path+" asks for "+pin.Text, Drift{Tool: s.tool, Stated: s.text, Pinned: pin.Text, PinnedAt: against.At})
			}
		}
	}
	return nil
}

// pinsFor are the pins that a document in a folder speaks of: those below the
// folder and those beside the folders around it; where there are none, all for a
// folder of documents, which the whole repository has in common. A chart is only that of the document's own folder.
func pinsFor(document, tool string, pins []detect.Finding) []detect.Finding {
	dir := path.Dir(document)
	if tool == "chart" || tool == "app" {
		return slices.DeleteFunc(slices.Clone(pins), func(f detect.Finding) bool { return path.Dir(f.At.Path) != dir })
	}
	near := slices.DeleteFunc(slices.Clone(pins), func(f detect.Finding) bool {
		return !within(f.At.Path, dir) && !within(document, path.Dir(f.At.Path))
	})
	if len(near) > 0 || !slices.Contains(paperFolders, foldersOf(document)[0]) {
		return near
	}
	return pins
}

// paperFolders are folders of the root that hold the documents of the whole
// repository.
var paperFolders = []string{"doc", "docs", "documentation", ".github"}

// agreeing is how many pins must contradict a statement for one that agrees.
const agreeing = 4

// contradicted gives a pin that a statement contradicts; false where more than
// a few of the pins agree with it.
func (s statement) contradicted(pins []detect.Finding) (detect.Finding, bool) {
	said, _, ok := line(s.version)
	if !ok {
		return detect.Finding{}, false
	}
	bounds := slices.ContainsFunc(pins, isBound)
	var against []detect.Finding
	agreed := 0
	for _, f := range pins {
		pin, _ := f.Value.(Pin)
		switch {
		case s.least && bounds && !pin.bound(): // what is newer than a bound may be pinned elsewhere
		case s.agrees(said, pin):
			agreed++
		default:
			against = append(against, f)
		}
	}
	if len(against) == 0 || len(against) < agreed*agreeing {
		return detect.Finding{}, false
	}
	return against[0], true
}

func isBound(f detect.Finding) bool {
	pin, _ := f.Value.(Pin)
	return pin.bound()
}

// bound says whether a pin admits more than one line of releases.
func (p Pin) bound() bool { return p.Least || strings.ContainsAny(p.Text, "<>^~") }

// agrees says whether a reader who follows the statement has what the pin asks
// for. Where newer versions will do, it must not admit older ones than a lower
// bound, nor begin behind what is pinned.
func (s statement) agrees(said stretch, p Pin) bool {
	pinned, ok := constrained(p.Text)
	if !ok {
		return true
	}
	if p.Least {
		pinned.to = endless
	}
	if !s.least {
		return said.meets(pinned)
	}
	return said.from.before(pinned.to) && (!p.bound() || pinned.from.before(said.to))
}
