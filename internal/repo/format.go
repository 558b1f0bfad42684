package repo

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/objects"
)

// knownExtensions are the extensions of the repository format that change
// nothing for a reader, with the values that it can read ("" for any).
var knownExtensions = map[string]string{
	"noop": "", "noop-v1": "", "preciousobjects": "", "partialclone": "", "worktreeconfig": "", "relativeworktrees": "",
	"objectformat": "sha1", "refstorage": "files",
}

// text is a small file of the git folder; empty where it cannot be read.
func (p place) text(name string) string {
	if p.commonDir == "" {
		return ""
	}
	text, _ := readSmall(filepath.Join(p.commonDir, filepath.FromSlash(name)))
	return text
}

// supported says why a repository of this format cannot be read: better no
// history than a wrong one.
func supported(c gitConfig) error {
	version := c.last("core.repositoryformatversion")
	if version != "" && version != "0" && version != "1" {
		return fmt.Errorf("its format version %.20q is newer than this program: update waymark, or clone it again with `git clone --no-local`", version)
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		extension, ok := strings.CutPrefix(name, "extensions.")
		if !ok {
			continue
		}
		if err := supportedExtension(extension, strings.ToLower(c.last(name)), version); err != nil {
			return err
		}
	}
	return nil
}

// supportedExtension judges one extension. In version 0 git ignores those that
// it does not know.
func supportedExtension(name, value, version string) error {
	want, known := knownExtensions[name]
	switch {
	case known && (want == "" || value == want):
		return nil
	case name == "objectformat":
		return objects.ErrSHA256
	case name == "refstorage":
		return objects.ErrReftable
	case version != "1":
		return nil
	}
	return fmt.Errorf("it uses the extension %.40q of the repository format, which is not supported: update waymark, or clone it again", name)
}
