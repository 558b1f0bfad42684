package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// results are the results of one run as they grow: one for each rule and line,
// in the order in which the first gap of each came.
type results struct {
	of     Repository
	joined []*joinedGaps
	at     map[string]*joinedGaps
	others []*sarif.Result
	hashes map[string][]string
}

// joinedGaps are the gaps of one rule on one line.
type joinedGaps struct {
	path string
	gaps []rules.Gap
}

func newResults(r Repository) *results {
	return &results{of: r, at: map[string]*joinedGaps{}, hashes: map[string][]string{}}
}

// add adds a gap; one that points at nothing in the tree is left out.
func (r *results) add(g rules.Gap) {
	p := r.of.resolved(g.At.Path)
	if _, ok := r.of.Scene.Repo.Tree.File(p); !ok || !g.Located() {
		return
	}
	key := fmt.Sprintf("%s\x00%s\x00%d", g.Check.ID, p, g.At.Start.Line)
	if j, ok := r.at[key]; ok {
		j.gaps = append(j.gaps, g)
		return
	}
	j := &joinedGaps{p, []rules.Gap{g}}
	r.at[key] = j
	r.joined = append(r.joined, j)
}

// absences adds the gaps of whole criteria at their anchors.
func (r *results) absences() {
	for _, g := range r.of.Gaps {
		i := slices.IndexFunc(r.of.Results, func(x rules.Result) bool { return x.Criterion.ID == g.Check.Criterion })
		if !g.Located() && g.Suppressed == nil && i >= 0 {
			g.At = r.of.Anchor(r.of.Results[i])
			r.add(g)
		}
	}
}

// resultKinds are the outcomes that are results of another kind than "fail".
var resultKinds = map[rules.Outcome]string{rules.Met: "pass", rules.NotVisible: "open", rules.NotApplicable: "notApplicable"}

// criteria adds the criteria that no gap tells of.
func (r *results) criteria() {
	for _, result := range r.of.Results {
		kind, ok := resultKinds[result.Outcome]
		at := r.of.Anchor(result)
		if !ok || at.Path == "" {
			continue
		}
		message := fmt.Sprintf("%s: %s. %s", result.Criterion.ID, result.Outcome, rules.Sentence(result.Because))
		out := r.result("lacking/"+result.Criterion.ID, at.Path, at, message).WithKind(kind).WithLevel("none")
		out.PartialFingerprints[fingerprintKey] = Fingerprint(rules.Gap{Check: &rules.Check{ID: "lacking/" + result.Criterion.ID}, Subject: result.Criterion.ID})
		r.others = append(r.others, out)
	}
}

// list are all results, the most important first.
func (r *results) list() []*sarif.Result {
	var list []*sarif.Result
	for _, j := range r.joined {
		first := j.gaps[0]
		result := r.result(first.Check.ID, j.path, first.At, j.message()).WithLevel(string(first.Check.Level))
		result.PartialFingerprints[fingerprintKey] = Fingerprint(first)
		if first.Against != "" {
			result.BaselineState = text(string(first.Against))
		}
		if !slices.ContainsFunc(j.gaps, func(g rules.Gap) bool { return g.Suppressed == nil }) {
			result.Suppressions = []*sarif.Suppression{suppressionOf(*first.Suppressed)}
		}
		list = append(list, result)
	}
	return append(list, r.others...)
}

// suppressionOf is what keeps a gap from being shown, with its reason.
func suppressionOf(s rules.Suppression) *sarif.Suppression {
	kind := "external"
	if s.Inline {
		kind = "inSource"
	}
	return &sarif.Suppression{Kind: kind, Justification: text(Plain(s.Reason))}
}

// message tells of all the gaps, and once how to mend them.
func (j *joinedGaps) message() string {
	var told []string
	for _, g := range j.gaps {
		if !slices.Contains(told, g.Message) {
			told = append(told, g.Message)
		}
	}
	if n := len(told); n > maxJoined {
		told = append(told[:maxJoined], fmt.Sprintf("and %d more on this line", n-maxJoined))
	}
	return rules.Sentence(strings.Join(told, "; ")) + " " + j.gaps[0].Fix
}

// result is a result at a place, with GitHub's fingerprint of its line.
func (r *results) result(rule, path string, at detect.Span, message string) *sarif.Result {
	first := at.Start.Line
	region := sarif.NewRegion().WithStartLine(first).WithEndLine(max(first, at.End.Line))
	physical := sarif.NewPhysicalLocation().WithArtifactLocation(artifact(path)).WithRegion(region)
	result := sarif.NewRuleResult(rule).WithMessage(sarif.NewTextMessage(escapeLinks(Plain(message)))).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(physical)})
	prints := map[string]any{}
	if hashes := r.hashesOf(path); first < len(hashes) && hashes[first] != "" {
		prints["primaryLocationLineHash"] = hashes[first]
	}
	return result.WithPartialFingerPrints(prints)
}

// hashesOf are the line hashes of a file; none where it cannot be read any more.
func (r *results) hashesOf(path string) []string {
	if hashes, ok := r.hashes[path]; ok {
		return hashes
	}
	var hashes []string
	if data, err := r.of.Read(path); err == nil {
		hashes = lineHashes(data)
	}
	r.hashes[path] = hashes
	return hashes
}

// resolved is the path of the file itself, where the path is a symbolic link:
// an alert on a link cannot be shown.
func (r Repository) resolved(p string) string {
	if e, ok := r.Scene.Repo.Tree.File(p); ok && e.Mode == detect.Symlink && e.Target != "" {
		return e.Target
	}
	return p
}
