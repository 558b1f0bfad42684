package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/ownership"
	"github.com/waymark-dev/waymark/detectors/portal"
	"github.com/waymark-dev/waymark/internal/detect"
)

var (
	checkOneAuthor = &Check{
		ID: "ownership/one-author", Criterion: "known-ownership", Level: Note,
		Title: "The infrastructure is known to one person, or to none who is still active",
		Why:   "When that person is away, nobody can repair it.",
		Fix:   "Let a second person make the next changes to it, and name a team as its owner.",
	}
	checkUnreadOwners = &Check{
		ID: "ownership/unread-owners", Criterion: "known-ownership", Level: Note,
		Title: "An owners file that its host does not read",
		Why:   "It promises owners who are never asked.",
		Fix:   "Keep one file named CODEOWNERS, in capitals, where the host looks: `.github/`, the root or `docs/` (GitLab: `.gitlab/` in place of the first).",
	}
	checkGhostOwner = &Check{
		ID: "ownership/ghost-owner", Criterion: "known-ownership", Level: Note,
		Title: "An owner that can be nobody",
		Why:   "The host leaves the line out, and its files have no owner.",
		Fix:   "Name `@user`, `@organisation/team` of this repository's own organisation, or a full address.",
	}
	checkNarrowOwners = &Check{
		ID: "ownership/narrow-owners", Criterion: "known-ownership", Level: Note,
		Title: "The owners file owns little or nothing",
		Why:   "What has no owner is reviewed by whoever is there.",
		Fix:   "Add a rule for everything (`* @owner/team`), and one for the pipeline and the infrastructure folders.",
	}
)

// ownersCover: an owners file that its reader reads, and how much it covers.
var ownersCover = All("an owners file whose rules cover the infrastructure", []*detect.Detector{ownership.OwnersFiles}, func(s *Scene) []Sign {
	var signs []Sign
	for _, f := range s.live(ownership.OwnersFiles) {
		o, _ := f.Value.(ownership.Owners)
		signs = append(signs, ghosts(f, o)...)
		if sign, ok := s.covering(f, o); ok {
			signs = append(signs, sign)
		}
	}
	return signs
})

func (s *Scene) covering(f detect.Finding, o ownership.Owners) (Sign, bool) {
	sign := signOf(f, Good, Present).of("owners")
	switch {
	case o.Ignored != "":
		return sign.against(checkUnreadOwners, f.At.Path+" "+o.Ignored), true
	case o.Format == "owners" && o.Dir != "." && o.Dir != "":
		return Sign{}, false // files of folders say who owns a part, beside the one of the root
	case len(o.Owned) == 0 && o.Format == "codeowners":
		if len(o.Rules) > 0 {
			return sign.against(checkNarrowOwners, f.At.Path+" names owners for nothing that is here").at(detect.AtLine(f.At.Path, o.Rules[0].Line)), true
		}
		return sign.against(checkNarrowOwners, f.At.Path+" names no owner for anything").at(detect.AtLine(f.At.Path, 1)), true
	case !s.covers(o):
		return sign.weak(checkNarrowOwners, fmt.Sprintf("%s covers %d of %d files", f.At.Path, len(o.Owned), len(s.Repo.Tree.Entries()))), true
	}
	return sign.says(fmt.Sprintf("%s names owners for %d of %d files", f.At.Path, len(o.Owned), len(s.Repo.Tree.Entries()))), true
}

// ownersNamed says whether an owners file names somebody who can be asked.
func (s *Scene) ownersNamed() bool {
	return slices.ContainsFunc(ownersCover.Signs(s), func(sign Sign) bool { return sign.Mark != Bad })
}

// ghosts are the owners that can be nobody, each line once.
func ghosts(f detect.Finding, o ownership.Owners) []Sign {
	var signs []Sign
	for _, r := range o.Rules {
		if len(r.Ghosts) == 0 || o.Ignored != "" {
			continue
		}
		signs = append(signs, signOf(f, Bad, None).of("owners").against(checkGhostOwner, f.At.Path+" names "+SomeOf(r.Ghosts, shownNames)+" as owner, "+whyNobody(r.Ghosts)).
			at(detect.AtLine(f.At.Path, r.Line)))
	}
	return signs
}

// whyNobody says why the host knows no such owner.
func whyNobody(ghosts []string) string {
	if slices.ContainsFunc(ghosts, func(g string) bool { return !strings.HasPrefix(g, "@") || strings.Count(g, "/") != 1 }) {
		return "which is no user, team or address"
	}
	return "a team of another organisation, which owns nothing here"
}

// covers says whether an owners file names owners for the infrastructure and
// the pipelines, four files in five of them, or for most of everything. Files
// of folders (OWNERS) count for their folder.
func (s *Scene) covers(o ownership.Owners) bool {
	if o.Format != "codeowners" {
		return len(o.Rules) > 0 && (o.Dir == "." || o.Dir == "")
	}
	return len(o.Owned)*2 >= len(s.Repo.Tree.Entries()) || s.coversInfrastructure(o)
}

func (s *Scene) coversInfrastructure(o ownership.Owners) bool {
	files, owned := map[string]bool{}, 0
	for f := range s.Findings() {
		if f.Place == detect.Live && slices.Contains(infrastructureFamilies, f.Detector.Family()) {
			files[f.At.Path] = true
		}
	}
	for _, p := range o.Owned {
		if files[p] {
			owned++
		}
	}
	return owned > 0 && Standard.Tolerated.kept(len(files)-owned, len(files))
}

// infrastructureFamilies are the detectors' families that see infrastructure
// and pipelines.
var infrastructureFamilies = []string{"terraform", "cloudformation", "kubernetes", "provisioning", "ci"}

var catalogueOwner = Lesser(All("an owner in the catalogue entry", []*detect.Detector{portal.Entries}, func(s *Scene) []Sign {
	if s.ownersNamed() {
		return nil
	}
	for _, f := range s.live(portal.Entries) {
		if e, _ := f.Value.(portal.Entry); e.Owner != "" {
			return []Sign{signOf(f, Weak, Present).of("owners").says("the catalogue names " + e.Owner + " as owner")}
		}
	}
	return nil
}))

// severalAuthors: who knows it, where no owners file says.
var severalAuthors = Lesser(All("several people who changed the infrastructure in the year before the commit", []*detect.Detector{ownership.Knowledges},
	func(s *Scene) []Sign {
		if _, err := s.Past(); err != nil || s.ownersNamed() {
			return nil
		}
		var signs []Sign
		for _, f := range s.Of(ownership.Knowledges) {
			k, _ := f.Value.(ownership.Knowledge)
			if f.Subject != s.knowledgeSubject() {
				continue
			}
			known := strings.ReplaceAll(f.Subject, "infrastructure", "infrastructure and pipelines")
			if k.Authors < 2 {
				signs = append(signs, signOf(f, Bad, None).of("knowledge").against(checkOneAuthor,
					people(k.Authors)+" changed the "+known+" in the year before the commit, and no owners file names anybody"))
				continue
			}
			signs = append(signs, signOf(f, Weak, Used).of("knowledge").says(
				fmt.Sprintf("%s changed the %s in the year before the commit (the busiest made %d %% of the changes), and no owners file names anybody", people(k.Authors), known, k.Share)))
		}
		return signs
	}))

// knowledgeSubject is what people should know: the infrastructure, where there
// is some.
func (s *Scene) knowledgeSubject() string {
	for _, f := range s.Of(ownership.Knowledges) {
		if k, _ := f.Value.(ownership.Knowledge); f.Subject == "infrastructure" && k.Commits > 0 {
			return "infrastructure"
		}
	}
	return "repository"
}

// people is a number of people in words.
func people(n int) string {
	switch n {
	case 0:
		return "nobody"
	case 1:
		return "one person"
	}
	return fmt.Sprintf("%d people", n)
}
