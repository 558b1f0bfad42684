package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var checkDeadEntry = &Check{
	ID: "portal/dead-entry", Criterion: "developer-portal", Level: Note,
	Title: "A catalogue entry names what does not exist",
	Why:   "The portal shows an empty page where the answer should be.",
	Fix:   "Point the entry at what is there.",
}

var catalogueEntries = Each("a catalogue entry with owner, system, and links to CI, documents and monitoring", portal.Entries,
	func(s *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
		if e.Kind == "Template" || person(e) {
			return Sign{}, false
		}
		sign := signOf(f, Good, s.registered(f.At.Path)).of("entries")
		if lacks := lacking(e); len(lacks) > 0 {
			return sign.weak(nil, fmt.Sprintf("the %s entry %s lacks %s", e.Product, e.Name, strings.Join(lacks, ", "))), !leadsNowhere(e)
		}
		if sign.Strength < Wired {
			return sign.weak(nil, fmt.Sprintf("nothing here registers the %s entry %s", e.Product, e.Name)), !leadsNowhere(e)
		}
		return sign, true
	})

// person says that an entry names people, who own entries and need no owner.
func person(e portal.Entry) bool { return e.Kind == "User" || e.Kind == "Group" }

// lacking are the parts that an entry does not have.
func lacking(e portal.Entry) []string {
	var parts []string
	for _, part := range []struct {
		name string
		is   bool
	}{{"an owner", e.Owner != ""}, {"a system", e.System != ""}, {"links to CI, documents or monitoring", e.Annotated}, {"files that it names", len(e.Missing) == 0}} {
		if !part.is {
			parts = append(parts, part.name)
		}
	}
	return parts
}

// completeEntry: what the first entry that is here lacks.
func completeEntry(s *Scene) (string, detect.Span) {
	for _, f := range s.live(portal.Entries) {
		e, _ := f.Value.(portal.Entry)
		if e.Kind == "Template" || person(e) || leadsNowhere(e) {
			continue
		}
		if lacks := lacking(e); len(lacks) > 0 {
			return "Give the entry " + e.Name + " what it lacks: " + strings.Join(lacks, ", ") + ".", f.At
		}
		return "Register the entry " + e.Name + " in the portal from here (a location that lists it), or scan the portal's repository along with this one.", f.At
	}
	return "", detect.Span{}
}

// leadsNowhere says that an entry only lists others, of which none exists.
func leadsNowhere(e portal.Entry) bool {
	return e.Kind == "Location" && len(e.Targets) == 0 && len(e.Missing) > 0
}

// registered is wired where an app in scope, or a location that lists files,
// registers the entry, or where a pipeline validates entries or publishes their
// documents.
func (s *Scene) registered(p string) Strength {
	for _, e := range liveValues[portal.Entry](s, portal.Entries) {
		if slices.Contains(e.Targets, p) {
			return Wired
		}
	}
	for _, a := range liveValues[portal.App](s, portal.Apps) {
		if slices.Contains(a.Locations, p) {
			return Wired
		}
	}
	for _, a := range s.Graph.Of(wiring.Publish, wiring.Validate) {
		if a.Live && a.Automatic && (a.Tool == "techdocs" || a.Tool == "backstage") {
			return Wired
		}
	}
	return Present
}

var portalApps = Each("a portal's own application", portal.Apps, func(s *Scene, f detect.Finding, _ portal.App) (Sign, bool) {
	return signOf(f, Good, s.inUse(f)).of("portal"), true
})

var deadEntries = Each("catalogue entries whose paths, owners or docs do not exist", portal.Entries,
	func(_ *Scene, f detect.Finding, e portal.Entry) (Sign, bool) {
		if len(e.Missing) == 0 {
			return Sign{}, false
		}
		return signOf(f, Bad, None).of("dead entries").against(checkDeadEntry, f.At.Path+" names "+SomeOf(e.Missing, shownNames)+", which is not there"), true
	})

// ownKinds leaves out the kinds of operators that are built elsewhere, and of
// the Kubernetes project itself, whose groups end in k8s.io and are kept for it.
// Source: https://github.com/kubernetes/enhancements/tree/master/keps/sig-architecture/2337-k8s.io-group-protection
var ownKinds = Each("kinds of its own: custom resource definitions, Crossplane definitions", kubernetes.Objects, func(s *Scene, f detect.Finding, o kubernetes.Object) (Sign, bool) {
	own := o.Group == "apiextensions.crossplane.io" && o.Kind == "CompositeResourceDefinition" || isKind(o) && s.buildsOperator()
	return signOf(f, Good, Present).of("kinds"), own
})

var apiDefinitions = Each("published interface definitions", portal.APIs, func(_ *Scene, f detect.Finding, a portal.API) (Sign, bool) {
	if a.Served {
		return signOf(f, Weak, Present).of("interfaces"), true
	}
	return signOf(f, Good, Present).of("interfaces"), true
})

var integrations = Lesser(Each("operators, webhooks and chat bots that tie the platform to other tools", portal.Integrations, func(_ *Scene, f detect.Finding, _ portal.Integration) (Sign, bool) {
	return signOf(f, Weak, Present).of("integrations"), true
}))

var productDocuments = All("a roadmap, a changelog, a support policy and a way to be heard", []*detect.Detector{docs.Documents, docs.Feedbacks}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(docs.Documents) {
		switch d, _ := f.Value.(docs.Document); d.Kind {
		case docs.Roadmap:
			signs = append(signs, signOf(f, Good, Present).of("roadmap"))
		case docs.Changelog:
			signs = append(signs, signOf(f, Good, Present).of("changelog"))
		case docs.Support:
			signs = append(signs, signOf(f, Good, Present).of("support"))
		}
	}
	for _, f := range s.live(docs.Feedbacks) {
		signs = append(signs, signOf(f, Good, Present).of("feedback"))
	}
	seen := map[string]bool{}
	for _, sign := range signs {
		seen[sign.Subject] = true
	}
	if len(signs) > 0 && !seen["roadmap"] {
		signs = append(signs, Sign{Subject: "roadmap", Mark: Weak, Note: "no roadmap is published"})
	}
	return signs
})

// keepAsProduct: what is missing of a product.
func keepAsProduct(s *Scene) (string, detect.Span) {
	has := map[string]bool{}
	for _, sign := range signsOf(s, []Condition{productDocuments, productReleases}) {
		has[sign.Subject] = sign.Mark == Good
	}
	var steps []string
	for _, part := range []struct{ subject, step string }{
		{"releases", "release by version, with a changelog"}, {"feedback", "give users a form to answer"}, {"roadmap", "publish a roadmap, and link it from the README"},
	} {
		if !has[part.subject] {
			steps = append(steps, part.step)
		}
	}
	if len(steps) == 0 {
		return "", detect.Span{}
	}
	text := strings.Join(steps, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + ".", detect.Span{}
}

var productReleases = All("versioned releases", nil, func(s *Scene) []Sign {
	if tag, ok := s.recentTag(); ok {
		return []Sign{{Subject: "releases", Mark: Good, Strength: Used, Finding: "history", Note: "released as " + tag.Name}}
	}
	return nil
})
