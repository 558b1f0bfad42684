package docs

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed deadcommand.md
var deadCommandDoc string

// DeadCommands sees scripts of the repository that a document tells the reader
// to run and that are not there. Its values are a Reference each; the subject
// is the script as written. (Whether a task of a task runner exists is for
// rules to say: they know the tasks.)
var DeadCommands = &detect.Detector{ID: "docs/dead-command", Doc: deadCommandDoc, Repo: deadCommands}

func deadCommands(p *detect.Pass) error {
	s := shelfOf(p)
	asked := newAsked(p.Repo)
	s.eachLasting(p, func(document string, d Document) {
		seen := map[mentionKey]bool{}
		for _, m := range d.paths {
			key := mentionKey{m.at.Start.Line, m.path}
			if !m.run || m.gone || seen[key] || !ownFolder(document, m) || s.present(document, m) {
				continue
			}
			seen[key] = true
			full, removed := asked.removal(document, m)
			if removed == nil && !s.ownScript(document, d, m) {
				continue
			}
			if removed == nil {
				full = path.Join(path.Dir(document), m.path)
			}
			if s.ignores(full) {
				continue
			}
			r := Reference{Target: m.written, Path: full, Removed: removed, Nearest: s.index().nearest(full), Runner: "script"}
			p.Report(short(m.written), m.at, r.note(), r)
		}
	})
	return nil
}

// scriptFolders are folders in which repositories keep what people run.
var scriptFolders = []string{"script", "scripts", "hack", "tools", "ci", ".ci"}

// ownFolder says whether a script is named with a folder, or stands beside a
// document of the root: others may lie in any folder that the reader is in.
func ownFolder(document string, m mention) bool {
	return path.Dir(path.Clean(m.path)) != "." || path.Dir(document) == "."
}

// ownScript says whether a mention is unmistakably a script of this repository:
// named from the current folder, in a folder of scripts. (A script in the
// current folder itself may lie on some server, and what a folder "bin" holds
// may be built or lie in another repository, unless the document names one
// there that exists.)
func (s *shelf) ownScript(document string, d Document, m mention) bool {
	if m.dir != "." || !strings.HasPrefix(m.written, "./") {
		return false
	}
	home := path.Dir(path.Clean(m.path))
	if path.Base(home) != "bin" {
		return slices.Contains(scriptFolders, path.Base(home)) && !d.foreign
	}
	return slices.ContainsFunc(d.paths, func(o mention) bool {
		return o.run && o.dir == "." && path.Dir(path.Clean(o.path)) == home && s.present(document, o)
	})
}
