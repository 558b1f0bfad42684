package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/cloudformation"
	"github.com/waymark-dev/waymark/detectors/docs"
	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/internal/delivery"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// DeliveryOf is how the team delivers, by history alone. The error says why
// history cannot tell. No outcome rests on it.
func DeliveryOf(s *Scene) (delivery.Measures, error) {
	to, err := s.Repo.Day()
	if err != nil {
		return delivery.Measures{}, err
	}
	in := delivery.Input{To: to, Infrastructure: map[string][]detect.Commit{}, Assistants: s.assistants()}
	if in.Commits, err = s.Repo.History.Commits(); err != nil {
		return delivery.Measures{}, err
	}
	releases, untagged := s.releases()
	in.Releases = releases
	if in.Shipped, err = s.Repo.History.Shipped(in.Releases); err != nil {
		return delivery.Measures{}, err
	}
	for p := range s.infrastructureFiles() {
		if in.Infrastructure[p], err = s.Repo.History.Changes(p); err != nil {
			return delivery.Measures{}, err
		}
	}
	if in.Documents, err = s.changing(s.documentFiles()); err != nil {
		return delivery.Measures{}, err
	}
	if in.Way = s.way(in.Releases); in.Way == delivery.Unknown && untagged != nil {
		return delivery.Measures{}, untagged
	}
	if in.Way == delivery.Desired {
		in.Desired, err = s.changing(s.desiredFolders())
	}
	return delivery.Measure(in), err
}

// way is what counts as a deployment: what reaches production by itself, else
// releases.
func (s *Scene) way(releases []detect.Tag) delivery.Way {
	merges, desired := false, len(s.desiredFolders()) > 0
	for _, a := range s.Graph.Of(wiring.Apply, wiring.Publish) {
		merges = merges || delivers(a) && a.Activity == wiring.Apply && byItself(a)
	}
	switch {
	case merges:
		return delivery.Merges
	case desired && (s.Is(GitOps) || len(releases) == 0):
		return delivery.Desired
	case len(releases) > 0:
		return delivery.Releases
	}
	return delivery.Unknown
}

// releases are the version tags, newest first.
func (s *Scene) releases() ([]detect.Tag, error) {
	tags, err := s.Repo.History.Tags()
	return slices.DeleteFunc(slices.Clone(tags), func(t detect.Tag) bool {
		name := path.Base(strings.TrimPrefix(t.Name, "release-"))
		return !versionLike(name) && !versionLike(name[strings.LastIndex(name, "-v")+1:])
	}), err
}

// desiredFolders are the folders of this repository that controllers apply.
func (s *Scene) desiredFolders() []string {
	var folders []string
	for _, y := range liveValues[kubernetes.Sync](s, kubernetes.Syncs) {
		if p := y.Path; y.Automated && !y.Suspended && p != "" && s.Repo.Tree.Folder(p) {
			folders = append(folders, p)
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// infrastructureFiles are the live files in which infrastructure was seen.
func (s *Scene) infrastructureFiles() map[string]bool {
	files := map[string]bool{}
	for f := range s.Findings() {
		family := f.Detector.Family()
		if f.Place == detect.Live && f.At.Path != "" && family != "ci" && slices.Contains(infrastructureFamilies, family) {
			files[f.At.Path] = true
		}
	}
	for _, app := range liveValues[cloudformation.App](s, cloudformation.Apps) {
		for _, dir := range appFolders(app) {
			for _, e := range s.Repo.Tree.Under(dir) {
				if slices.Contains(appSources, path.Ext(e.Path)) {
					files[e.Path] = true
				}
			}
		}
	}
	return files
}

// appFolders are where the sources of a CDK application lie: its folder; at the
// top of a repository, which holds other things too, those that `cdk init` makes.
func appFolders(app cloudformation.App) []string {
	if app.Dir == rest || app.Dir == "" {
		return []string{"bin", "lib"}
	}
	return []string{app.Dir}
}

// appSources are the endings of the sources of a CDK application.
var appSources = []string{".ts", ".js", ".py", ".java", ".cs", ".go"}

func (s *Scene) documentFiles() []string {
	var files []string
	for _, f := range s.Of(docs.Documents) {
		files = append(files, f.At.Path)
	}
	return files
}

// changing are the commits that changed one of some paths, by their IDs.
func (s *Scene) changing(paths []string) (map[string]bool, error) {
	ids := map[string]bool{}
	for _, p := range paths {
		changes, err := s.Repo.History.Changes(p)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			ids[c.ID] = true
		}
	}
	return ids, nil
}

// assistantFiles set up AI assistants, by name at any depth or by path.
var assistantFiles = []string{
	"AGENTS.md", "CLAUDE.md", "GEMINI.md", ".cursorrules", ".windsurfrules", ".clinerules", ".aider.conf.yml", "copilot-instructions.md", ".mcp.json",
}

// assistantFolders hold such files.
var assistantFolders = []string{".cursor", ".claude", ".gemini", ".kiro", ".junie"}

func (s *Scene) assistants() []string {
	var found []string
	for _, e := range s.Repo.Tree.Entries() {
		if slices.Contains(assistantFiles, path.Base(e.Path)) {
			found = append(found, e.Path)
		}
	}
	for _, folder := range assistantFolders {
		if s.Repo.Tree.Folder(folder) {
			found = append(found, folder+"/")
		}
	}
	slices.Sort(found)
	return found
}
