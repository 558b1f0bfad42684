package repo

import "github.com/waymark-dev/waymark/internal/objects"

// Revisions are the names that can be given as a revision in the repository
// around a path: HEAD, branches, tags and remote branches.
func Revisions(path string) ([]string, error) {
	folder, err := folderOf(path)
	if err != nil {
		return nil, err
	}
	at := discover(folder)
	refs, err := objects.ReadRefs(at.gitDir, at.commonDir)
	if err != nil {
		return nil, err
	}
	return revisionNames(refs), nil
}

func revisionNames(refs *objects.Refs) []string {
	names := []string{"HEAD"}
	for _, kind := range [][]objects.Ref{refs.Branches, refs.Tags, refs.Remote} {
		for _, ref := range kind {
			names = append(names, ref.Name)
		}
	}
	return names
}
