package ownership

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed owners.md
var ownersDoc string

// OwnersFiles sees CODEOWNERS files, OWNERS files of folders, and lists of
// maintainers. Its values are an Owners each.
var OwnersFiles = &detect.Detector{
	ID: "ownership/owners-file", Doc: ownersDoc, File: ownersFiles,
	Match: []string{
		"**/CODEOWNERS", "**/codeowners", "**/OWNERS",
		"**/MAINTAINERS", "**/MAINTAINERS.{md,txt,yaml,yml}", "**/maintainers.{md,yaml,yml}",
	},
}

func ownersFiles(p *detect.Pass, f *detect.File) error {
	o, err := readOwners(p.Repo, f)
	if err != nil {
		return err
	}
	o.Dir = path.Dir(f.Path)
	p.Report(f.Path, f.Whole(), o.summary(), o)
	return nil
}

func readOwners(r *detect.Repo, f *detect.File) (Owners, error) {
	switch name := path.Base(f.Path); {
	case strings.EqualFold(name, "CODEOWNERS"):
		rules, owned, err := codeowners(r, f)
		return Owners{Format: "codeowners", Rules: rules, Owned: owned, Ignored: unread(r.Tree, f.Path)}, err
	case name == "OWNERS":
		return Owners{Format: "owners", Rules: folderOwners(f)}, nil
	}
	return Owners{Format: "maintainers", Rules: maintainers(f)}, nil
}

func (o Owners) summary() string {
	switch {
	case o.Ignored != "":
		return o.Ignored
	case len(o.Rules) == 0:
		return "names nobody"
	}
	return fmt.Sprintf("%d rules", len(o.Rules))
}

// Where the hosts look for the file, in their order; the first one found is
// the only one read.
// Sources: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
// and https://docs.gitlab.com/user/project/codeowners/#set-up-code-owners
var (
	gitHubPlaces    = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"}
	gitLabPlaces    = []string{"CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}
	bitbucketPlaces = []string{".bitbucket/CODEOWNERS", "CODEOWNERS"}
)

// unread says why no host reads the CODEOWNERS file at a path; empty where one
// does.
func unread(t *detect.Tree, p string) string {
	if path.Base(p) != "CODEOWNERS" {
		return "is not read: its name must be CODEOWNERS, in capitals"
	}
	places := placesOf(t)
	if !slices.Contains(places, p) {
		return "is not read: it lies where the host does not look"
	}
	for _, place := range places {
		if _, ok := t.File(place); ok && place != p {
			return "is not read: " + place + " is found first"
		} else if ok {
			break
		}
	}
	return ""
}

// placesOf are the places of the host that the repository shows signs of.
func placesOf(t *detect.Tree) []string {
	switch {
	case t.Folder(".github"):
		return gitHubPlaces
	case t.Has(".gitlab-ci.yml") || t.Folder(".gitlab"):
		return gitLabPlaces
	case t.Has("bitbucket-pipelines.yml") || t.Folder(".bitbucket"):
		return bitbucketPlaces
	}
	return gitHubPlaces
}
