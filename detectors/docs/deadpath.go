package docs

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed deadpath.md
var deadPathDoc string

// DeadPaths sees paths in code spans, commands and blocks that history shows
// to have been there and that are gone. Its values are a Reference each; the
// subject is the path as written.
var DeadPaths = &detect.Detector{ID: "docs/dead-path", Doc: deadPathDoc, Repo: deadPaths}

func deadPaths(p *detect.Pass) error {
	s := shelfOf(p)
	asked := newAsked(p.Repo)
	s.eachLasting(p, func(document string, d Document) {
		seen := map[mentionKey]bool{}
		for _, m := range append(d.paths, addressed(d)...) {
			key := mentionKey{m.at.Start.Line, m.path}
			if m.gone || m.run || seen[key] || !distinct(m) || s.present(document, m) || unkept(m.path) {
				continue
			}
			seen[key] = true
			r, ok := s.missing(asked, document, m)
			if ok && !s.ignores(r.Path) {
				p.Report(short(m.written), m.at, r.note(), r)
			}
		}
		s.deadFolders(p, asked, document, d)
	})
	return nil
}

// deadFolders reports the folders that a document lists and that were beside it
// once.
func (s *shelf) deadFolders(p *detect.Pass, asked *asked, document string, d Document) {
	for _, m := range s.folders(document, d.listed) {
		if m.gone || distinct(m) || s.present(document, m) {
			continue
		}
		m.path = path.Join(path.Dir(document), m.path)
		m.rooted = true
		if full, removed := asked.removal(document, m); removed != nil && !s.ignores(full) {
			r := Reference{Target: m.written, Path: full, Removed: removed}
			p.Report(short(m.written), m.at, r.note(), r)
		}
	}
}

// distinct says whether a mention can only mean one file: it has a folder, a
// name of several words, or that of a tool's settings. ("main.tf" may be
// anybody's.)
func distinct(m mention) bool {
	p := strings.TrimSuffix(m.path, "/")
	settings := strings.HasPrefix(p, ".") && strings.LastIndexByte(p, '.') > 1
	if !m.rooted && slices.Contains(commonNames, p) {
		return false
	}
	return m.rooted || settings || strings.Contains(strings.TrimPrefix(p, "./"), "/") || strings.ContainsAny(stemOf(p), "-_")
}

// commonNames are names of several words that files of any repository have.
var commonNames = []string{".gitlab-ci.yml", ".travis.yml", ".woodpecker.yml", ".drone.yml", ".dockerignore", ".editorconfig", ".pre-commit-config.yaml", ".env.local", ".env.example", "docker-compose.yml", "docker-compose.yaml", "package-lock.json", "pnpm-lock.yaml", "catalog-info.yaml", "app-config.yaml", "azure-pipelines.yml", "pull_request_template.md", "PULL_REQUEST_TEMPLATE.md"}

// ignores says whether git is told to leave a path out.
func (s *shelf) ignores(p string) bool {
	return slices.ContainsFunc(s.ignored, func(i Ignored) bool { return i.covers(p) })
}

// missing tells what became of what a document mentions: history knows, or it
// is unmistakably of this repository, as its address says or a path that
// differs by one slip. False where nobody can say that it was ever here.
func (s *shelf) missing(a *asked, document string, m mention) (Reference, bool) {
	if m.pattern {
		return s.missingKind(a, document, m)
	}
	if full, removed := a.removal(document, m); removed != nil {
		return Reference{Target: m.written, Path: full, Removed: removed, Nearest: s.instead(full, removed)}, true
	}
	if m.getter {
		return Reference{Target: m.written, Path: m.path, Nearest: s.index().nearest(m.path)}, true
	}
	if m.dir == "?" || m.rooted {
		return Reference{}, false
	}
	for _, base := range m.nearBases(document) {
		full := path.Join(base, m.path)
		if near := s.index().misspelt(full); near != "" {
			return Reference{Target: m.written, Path: full, Nearest: near}, true
		}
	}
	return Reference{}, false
}

// missingKind is missing for a path that stands for several: none of them is in
// a folder that is there, or history knows how the folder left.
func (s *shelf) missingKind(a *asked, document string, m mention) (Reference, bool) {
	for _, base := range m.bases(document) {
		if deserted(s.repo.Tree, base, m.path) {
			return Reference{Target: m.written, Path: path.Join(base, m.path)}, true
		}
	}
	m.path, _ = doublestar.SplitPattern(m.path) // the folder, then
	if !strings.Contains(m.path, "/") || s.present(document, mention{path: m.path, dir: m.dir}) {
		return Reference{}, false
	}
	full, removed := a.removal(document, m)
	return Reference{Target: m.written, Path: full, Removed: removed}, removed != nil
}

type mentionKey struct {
	line int
	path string
}

// eachLasting calls yield for each document that is expected to hold, and is
// about this repository: not the body of a template for others.
func (s *shelf) eachLasting(p *detect.Pass, yield func(path string, d Document)) {
	for _, f := range p.Findings(Documents) {
		if d, ok := f.Value.(Document); ok && d.lasting() && f.Place != detect.Template && !ofSkill(f.At.Path) {
			yield(f.At.Path, d)
		}
	}
}

// assistants are folders in which coding assistants keep what they are taught.
var assistants = []string{".agents", ".claude", ".codex", ".copilot", ".cursor", ".gemini", ".github", ".opencode", ".windsurf"}

// ofSkill says whether a document teaches an assistant a skill, an agent or a
// command: it speaks of files of whatever the assistant works on.
// Source: https://agentskills.io/specification
func ofSkill(p string) bool {
	folders := foldersOf(p)
	i := slices.IndexFunc(folders, func(f string) bool { return slices.Contains(assistants, f) })
	return i >= 0 && i+1 < len(folders) && slices.Contains([]string{"skills", "agents", "commands", "prompts", "plugins"}, folders[i+1])
}

// addressed are the files that a document links by the web address of the
// repository, as mentions.
func addressed(d Document) []mention {
	var found []mention
	for _, l := range d.links {
		if l.address {
			found = append(found, mention{written: l.target, path: strings.TrimPrefix(l.path, "/"), dir: ".", at: l.at, rooted: true})
		}
	}
	return found
}

// present says whether what a document mentions is there: from where the
// document lies or its command runs, from the root, or anywhere a reader may
// have been led to.
func (s *shelf) present(document string, m mention) bool {
	for _, base := range m.bases(document) {
		full := path.Join(base, m.path)
		if m.pattern && len(matching(s.repo.Tree, base, m.path)) > 0 || !m.pattern && !strings.HasPrefix(full, "../") && s.repo.Tree.Has(full) {
			return true
		}
	}
	return !m.rooted && s.index().ends(strings.TrimPrefix(path.Clean("/"+m.path), "/"))
}

// unkeptParts are names of what programs make and git is told to ignore: it may
// have been committed once, and is rightly gone.
var unkeptParts = []string{"node_modules", "dist", "build", "target", "out", "bin", "obj", "tmp", "coverage", "vendor", ".terraform", ".venv", "venv", "env", "__pycache__", "_site", "public", ".env", ".secrets", ".vault_pass"}

var unkeptEndings = []string{".tfstate", ".tfplan", ".log", ".zip", ".gz", ".tgz", ".tar", ".jar", ".pem", ".key", ".pub", ".crt", ".backup", ".retry", ".pid", ".sqlite", ".sqlite3", ".db", ".out", ".plan", ".env", ".secret"}

func unkept(p string) bool {
	return slices.Contains(unkeptEndings, path.Ext(p)) ||
		slices.ContainsFunc(strings.Split(p, "/"), func(part string) bool { return slices.Contains(unkeptParts, part) })
}

// maxAsked bounds how many paths history is asked for.
const maxAsked = 5_000

// asked remembers what history said about paths.
type asked struct {
	repo  *detect.Repo
	known map[string]*detect.Removal
}

func newAsked(r *detect.Repo) *asked { return &asked{r, map[string]*detect.Removal{}} }

// removal is the path, of those that a mention may mean, that was once there,
// and how it left; nil where history knows of none.
func (a *asked) removal(document string, m mention) (string, *detect.Removal) {
	for _, base := range m.bases(document) {
		full := path.Join(base, m.path)
		if strings.HasPrefix(full, "../") || full == "." {
			continue
		}
		known, ok := a.known[full]
		if !ok && len(a.known) < maxAsked {
			known = removal(a.repo, full)
			a.known[full] = known
		}
		if known != nil {
			return full, known
		}
	}
	return "", nil
}
