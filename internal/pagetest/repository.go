package pagetest

import (
	"io/fs"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/pages"
)

// repository makes the repository that an example describes.
func repository(e pages.Example) (*detect.Repo, error) {
	past, err := newPast(e)
	if err != nil {
		return nil, err
	}
	r := &detect.Repo{Name: "shop", Origin: "acme/shop", Branch: "main", History: past}
	var entries []detect.Entry
	for _, f := range e.Files {
		if f.Origin != "" {
			r.Name, r.Origin = path.Base(f.Origin), f.Origin
		}
		if !f.Folder() && f.Removed == "" {
			entries = append(entries, entry(f))
		}
	}
	r.Tree = detect.NewTree(entries, nil)
	return r, nil
}

func entry(f pages.File) detect.Entry {
	e := detect.Entry{Path: f.Path, Target: f.Link}
	switch {
	case f.Link != "":
		e.Mode = detect.Symlink
	case f.Executable:
		e.Mode = detect.Executable
	}
	return e
}

// reader reads the files of an example.
func reader(e pages.Example) func(string) ([]byte, error) {
	return func(p string) ([]byte, error) {
		for _, f := range e.Files {
			if f.Path == p {
				return f.Data, nil
			}
		}
		return nil, fs.ErrNotExist
	}
}

// clean is the path that findings have: of a folder without its slash, of the
// repository empty.
func clean(p string) string {
	p = strings.TrimSuffix(p, "/")
	if p == "." {
		return ""
	}
	return p
}
