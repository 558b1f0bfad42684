package report

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/rules"
)

// This file holds what the formats for people share: what they say, and not
// how they show it.

// The words that a report for people does not explain elsewhere.
const (
	legendStages = "A bar is how much of a stage is met. held: two thirds of it, each core criterion at least in part, and every stage below; " +
		"open: it would be held if what cannot be seen from here were met; ruled out: it would not."
	legendSigns  = "Evidence: + speaks for it, ~ is too weak, - speaks against it; \"4 of 5 good\" counts the things that a criterion looks at (roots, images, documents)."
	legendLevels = "error: it breaks or leaks; warning: it will hurt; note: worth mending when you are there."
)

// A reason is one thing that holds the next stage back; the outcome is empty
// for a plain sentence.
type reason struct {
	outcome rules.Outcome
	text    string
}

// shownLevers is how many criteria are named as the nearest at hand.
const shownLevers = 3

// reasonsOf say why the next stage is not held: what cannot be seen, the core
// criteria that fail, and what is nearest at hand where the share is too small.
func reasonsOf(r Repository) []reason {
	next := r.Verdict.Next
	share, ok := shareOf(r.Verdict, next.Stage)
	if !ok {
		return nil
	}
	var list []reason
	for _, result := range r.Results {
		if slices.Contains(share.Failing, result.Criterion.ID) && result.Outcome != rules.NotVisible {
			list = append(list, reason{result.Outcome, fmt.Sprintf("%s (core): %s; %s%s", result.Criterion.ID, result.Outcome, why(r, result), unused(result))})
		}
	}
	if !share.Applies {
		list = append(list, reason{text: "Too little of the stage applies to this one repository to judge it."})
	}
	if next.State == rules.Open && len(next.Criteria) > 0 {
		list = append(list, reason{rules.NotVisible, strings.Join(next.Criteria, ", ") + ": not visible from this repository alone"})
	}
	if !share.Applies {
		return list
	}
	if missing := r.Verdict.Threshold() - share.Value()*100; missing > 0 {
		list = append(list, leverReasons(r, share, missing)...)
	}
	return list
}

// shownReason is why a criterion is not met, with the place where that shows unless
// the words name it.
func shownReason(r Repository, result rules.Result) string {
	at := result.At
	if _, here := r.Scene.Repo.Tree.File(at.Path); !here || strings.Contains(result.Because, at.Path) {
		return result.Because
	}
	return result.Because + " (" + place(at) + ")"
}

// beside is what a sign says beside its place, which it need not repeat.
func beside(s rules.Sign) string {
	note := s.Beside()
	for _, name := range []string{s.At.Path + " ", path.Dir(s.At.Path) + ": "} {
		if rest, ok := strings.CutPrefix(note, name); ok && rest != "" {
			note = rest
		}
	}
	if strings.HasPrefix(note, "(") && strings.HasSuffix(note, ")") {
		return note[1 : len(note)-1]
	}
	return note
}

// unused says why a core criterion holds its stage back although something
// speaks for it: from stage 4 on that must be in use, and here.
func unused(r rules.Result) string {
	switch {
	case r.Outcome == rules.Unmet:
		return ""
	case r.Delegated:
		return "; that is done elsewhere, and does not show that this stage is held"
	}
	return "; it is there, and nothing shows that it is used"
}

// why is the reason of an outcome. Where all that was found is one thing that
// is too weak, and no gap says in what it falls short, it says that much.
func why(r Repository, result rules.Result) string {
	told := slices.ContainsFunc(result.Gaps, func(g rules.Gap) bool { return g.Located() && g.Message == result.Because })
	if result.Outcome == rules.Partial && result.Weak == 1 && result.Good+result.Bad == 0 && result.Source == "evidence" && !told {
		return "weak: " + shownReason(r, result)
	}
	return shownReason(r, result)
}

func leverReasons(r Repository, share rules.Share, missing float64) []reason {
	var nearest []reason
	for _, l := range r.Levers(share.Stage) {
		core := slices.Contains(share.Failing, l.Result.Criterion.ID)
		if len(nearest) == shownLevers || missing <= 0 {
			break
		}
		missing -= l.Points
		if !core {
			nearest = append(nearest, reason{l.Result.Outcome, fmt.Sprintf("%s: %s, worth %.0f %% of the stage; %s", l.Result.Criterion.ID, l.Result.Outcome, l.Points, why(r, l.Result))})
		}
	}
	text := fmt.Sprintf("%s of it is met, and %.0f %% is needed.", percent(share, r.Verdict.Threshold()), math.Ceil(r.Verdict.Threshold()))
	if len(nearest) > 0 {
		text += " Nearest at hand:"
	}
	return append([]reason{{text: text}}, nearest...)
}

func shareOf(v rules.Verdict, stage int) (rules.Share, bool) {
	i := slices.IndexFunc(v.Shares, func(s rules.Share) bool { return s.Stage == stage })
	if i < 0 {
		return rules.Share{}, false
	}
	return v.Shares[i], true
}

// percent is a share in words; it never rounds up to what would be enough.
func percent(s rules.Share, enough float64) string {
	value := s.Value() * 100
	if value < enough {
		return fmt.Sprintf("%.0f %%", math.Min(math.Round(value), math.Ceil(enough)-1))
	}
	return fmt.Sprintf("%.0f %%", value)
}

// stateOf is what the ladder says of a stage.
func stateOf(v rules.Verdict, s rules.Share) string {
	switch {
	case s.Stage <= v.Stage:
		return "held"
	case !s.Applies:
		return "too little applies"
	case v.Next != nil && s.Stage == v.Next.Stage:
		return string(v.Next.State)
	}
	return ""
}

// A gapKind is the located gaps of one check.
type gapKind struct {
	check *rules.Check
	gaps  []rules.Gap
}

// gapKinds are the located gaps by check, without those that are suppressed or known, in the order of the first of each.
func gapKinds(gaps []rules.Gap) []gapKind {
	var kinds []gapKind
	at := map[string]int{}
	for _, g := range gaps {
		if !g.Told() || !g.Counts() {
			continue
		}
		i, ok := at[g.Check.ID]
		if !ok {
			i = len(kinds)
			at[g.Check.ID] = i
			kinds = append(kinds, gapKind{check: g.Check})
		}
		kinds[i].gaps = append(kinds[i].gaps, g)
	}
	return kinds
}

// located counts the gaps at a line, by level, and those that are not shown
// because they were there before; empty where there are none of either.
func located(gaps []rules.Gap) string {
	kinds := gapKinds(gaps)
	counts := map[rules.Level]int{}
	for _, k := range kinds {
		counts[k.check.Level] += len(k.gaps)
	}
	var parts []string
	for _, l := range []rules.Level{rules.Error, rules.Warning, rules.Note} {
		if counts[l] > 0 {
			parts = append(parts, rules.Counted(counts[l], string(l)))
		}
	}
	before := 0
	for _, g := range gaps {
		if g.Told() && g.Suppressed == nil && g.Against == rules.Unchanged {
			before++
		}
	}
	if before == 0 {
		return strings.Join(parts, ", ")
	}
	return cmp.Or(strings.Join(parts, ", "), "none that is new") + fmt.Sprintf("; not shown: %d that were there before", before)
}

// firstPlaces names the first places of some gaps, each once.
func firstPlaces(gaps []rules.Gap, most int) string {
	var places []string
	for _, g := range gaps {
		if p := PlaceOf(g); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return rules.SomeOf(places, most)
}

// A blindKind is what could not be read for one reason.
type blindKind struct {
	reason string
	// paths are the files; empty where the whole repository is meant.
	paths []string
}

// text is the kind as a sentence without a full stop.
func (k blindKind) text(most int) string {
	switch n := len(k.paths); {
	case n == 0:
		return k.reason
	case n == 1 && predicate(k.reason):
		return k.paths[0] + " " + k.reason
	}
	return rules.SomeOf(k.paths, most) + ": " + strings.TrimPrefix(k.reason, "is ")
}

// predicate says whether a reason goes on from the name of a file.
func predicate(reason string) bool {
	verb, _, _ := strings.Cut(reason, " ")
	return slices.Contains([]string{"is", "has", "holds", "cannot"}, verb)
}

// blindKinds are the blind spots by reason: what several detectors could not
// read is one thing to mend.
func blindKinds(spots []detect.BlindSpot) []blindKind {
	var kinds []blindKind
	at := map[string]int{}
	for _, b := range spots {
		reason := b.Err.Error()
		i, ok := at[reason]
		if !ok {
			i = len(kinds)
			at[reason] = i
			kinds = append(kinds, blindKind{reason: reason})
		}
		if b.Path != "" && !slices.Contains(kinds[i].paths, b.Path) {
			kinds[i].paths = append(kinds[i].paths, b.Path)
		}
	}
	return kinds
}

// blindCount counts the places that could not be read.
func blindCount(kinds []blindKind) int {
	n := 0
	for _, k := range kinds {
		n += max(1, len(k.paths))
	}
	return n
}

// unseenText says in one line what could not be seen.
func unseenText(r Repository) string {
	invisible := 0
	for _, result := range r.Results {
		if result.Outcome == rules.NotVisible {
			invisible++
		}
	}
	text := fmt.Sprintf("%d of %d criteria cannot be told from this repository alone.", invisible, len(r.Results))
	if r.Verdict.Stage == 0 {
		text = ""
	}
	return strings.TrimSpace(text + " " + unreadText(r))
}

// shownBlind is how many places that could not be read are named in one line.
const shownBlind = 2

// unreadText names the first places that could not be read, files before
// others; empty where all were.
func unreadText(r Repository) string {
	kinds := blindKinds(r.Scene.BlindSpots)
	if len(kinds) == 0 {
		return ""
	}
	slices.SortStableFunc(kinds, func(a, b blindKind) int { return min(1, len(b.paths)) - min(1, len(a.paths)) })
	text := rules.Counted(blindCount(kinds), "blind spot")
	if len(kinds) > 1 {
		text += ", the first"
	}
	return rules.Sentence(text + ": " + kinds[0].text(shownBlind))
}

// historyText says in one line what history told.
func historyText(r Repository) string {
	commits, err := r.Scene.Past()
	if err != nil {
		return rules.Sentence("Not told: " + err.Error())
	}
	text := rules.Counted(len(commits), "commit")
	if rules.Imported(commits) {
		text += " (the first, of " + commits[len(commits)-1].When.UTC().Format(time.DateOnly) + ", brought many files at once: what was before is not told)"
	}
	if f := rules.FactsOf(r.Scene); f.HumanAuthorsLastYear != nil {
		text += fmt.Sprintf("; in the year up to %s %s", upTo(r), rules.Counted(*f.HumanAuthorsLastYear, "author"))
		if n := *f.BotCommitsLastYear; n > 0 {
			text += " and " + rules.Counted(n, "commit") + " by bots"
		}
	}
	if _, err := r.Scene.Repo.History.Tags(); err != nil {
		text += ". Releases are not told: " + err.Error()
	}
	return text + "."
}

// upTo is the day from which ages are counted.
func upTo(r Repository) string {
	if day := r.Scene.Repo.AsOf; !day.IsZero() {
		return day.UTC().Format(time.DateOnly)
	}
	return "the scanned one"
}

// stepPlace is where a next step starts: a place, or the file to be made.
func stepPlace(r Repository, s rules.NextStep) string {
	if s.At.Path == "" {
		return ""
	}
	if _, ok := r.Scene.Repo.Tree.File(s.At.Path); !ok {
		return "new file " + s.At.Path
	}
	return place(s.At)
}

// dated is the commit and its date, as far as they are known.
func dated(r Repository) string {
	if r.Commit == "" {
		return ""
	}
	if r.Date.IsZero() {
		return fmt.Sprintf("%.8s", r.Commit)
	}
	return fmt.Sprintf("%.8s, %s", r.Commit, r.Date.Format("2006-01-02"))
}

// roleText names the roles of a repository.
func roleText(r Repository) string {
	var names []string
	for _, role := range r.Scene.RoleNames() {
		names = append(names, string(role))
	}
	return strings.Join(names, ", ")
}

// noticeText is what the repository says of itself, where that matters.
func noticeText(r Repository) string {
	if n := r.Scene.Notice; n != "" && n != "template" {
		return "It says of itself that it is " + cmp.Or(map[string]string{"mirror": "a mirror", "fork": "a fork"}[n], n) + "."
	}
	return ""
}
