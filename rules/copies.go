package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// copied says whether a file is part of a chart that was copied from a
// repository of somebody else's charts: it is vendored, whatever its folder is
// called. Files of values that stand beside the chart's own are the team's.
func (s *Scene) copied(p string) bool {
	if s.chartCopies == nil {
		s.chartCopies = []string{} // who owns the repository is asked of all files
		s.chartCopies = s.findCopies()
	}
	base := path.Base(p)
	own := strings.HasPrefix(base, "values") && base != "values.yaml"
	return slices.ContainsFunc(s.chartCopies, func(dir string) bool { return within(p, dir) && (!own || path.Dir(p) != dir) })
}

func (s *Scene) findCopies() []string {
	dirs := []string{}
	for _, c := range detect.Each[kubernetes.Chart](s.Observed, kubernetes.Charts) {
		if c.Dir != "." && s.copiedChart(c) {
			dirs = append(dirs, c.Dir)
		}
	}
	return dirs
}

// chartHome is the address of a repository that holds charts.
var chartHome = regex.New(`(?i)^https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/(?:[\w.-]*-)?charts(?:[/.]|$)`)

// copiedChart says whether a chart names a repository of charts as its source, and
// never this one or another of the same owner.
func (s *Scene) copiedChart(c kubernetes.Chart) bool {
	if !slices.ContainsFunc(c.Sources, chartHome.MatchString) {
		return false
	}
	owner := s.owner()
	return !slices.ContainsFunc(c.Sources, func(source string) bool {
		lower := strings.ToLower(source)
		return owner != "" && strings.Contains(lower, "/"+owner+"/") || strings.Contains(lower, "/"+strings.ToLower(s.Repo.Name))
	})
}
