package docs

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

//go:embed deadlink.md
var deadLinkDoc string

// DeadLinks sees relative links and images whose target is missing. Its values
// are a Reference each; the subject is the target as written.
var DeadLinks = &detect.Detector{ID: "docs/dead-link", Doc: deadLinkDoc, Repo: deadLinks}

func deadLinks(p *detect.Pass) error {
	s := shelfOf(p)
	for _, f := range p.Findings(Documents) {
		d, ok := f.Value.(Document)
		if !ok || tellsPast(f.At.Path) || isMade(p.Repo.Tree, f.At.Path) {
			continue
		}
		for _, l := range d.links {
			if l.path == "" || l.address || s.leads(f.At.Path, l) {
				continue
			}
			r := s.reference(f.At.Path, l)
			p.Report(short(l.target), l.at, r.note(), r)
		}
	}
	return nil
}

// tellsPast says whether a document only tells what was, by its name or folder: its
// links led somewhere then.
func tellsPast(p string) bool {
	return kindByName[strings.ToLower(stemOf(p))] == Changelog || slices.Contains(foldersOf(p), "archive")
}

// generatorMarks are files by which the generators of clients know the folder
// that they write.
var generatorMarks = []string{".openapi-generator-ignore", ".openapi-generator", ".swagger-codegen-ignore"}

// isMade says whether a document lies in what a program writes: a folder named
// for it, or a generated client.
func isMade(t *detect.Tree, p string) bool {
	if slices.Contains(foldersOf(p), "generated") {
		return true
	}
	for dir := path.Dir(p); ; dir = path.Dir(dir) {
		if slices.ContainsFunc(generatorMarks, func(name string) bool { return t.Has(path.Join(dir, name)) }) {
			return true
		}
		if dir == "." || dir == "/" {
			return false
		}
	}
}

// A shelf is all documents of the repository, with what decides where their
// links lead.
type shelf struct {
	repo      *detect.Repo
	documents map[string]Document
	sites     []site
	names     pageNames
	index     func() *nameIndex // made when it is first asked for
	ignored   []Ignored
	plain     map[string]map[string]bool // anchors of documents, without what may differ
}

func shelfOf(p *detect.Pass) *shelf {
	s := &shelf{repo: p.Repo, documents: map[string]Document{}, plain: map[string]map[string]bool{}, sites: sitesOf(p.Repo.Tree), index: sync.OnceValue(func() *nameIndex { return newNameIndex(p.Repo.Tree) })}
	for _, f := range p.Findings(Documents) {
		if d, ok := f.Value.(Document); ok {
			s.documents[f.At.Path] = d
		}
	}
	for _, f := range p.Findings(IgnoreFiles) {
		if i, ok := f.Value.(Ignored); ok {
			s.ignored = append(s.ignored, i)
		}
	}
	s.names = namesOfPages(s.sites, s.documents)
	return s
}

// leads says whether a link leads to something that is there.
func (s *shelf) leads(document string, l link) bool {
	tree := s.repo.Tree
	if full, ok := l.from(document); ok && tree.Has(full) {
		return true
	}
	if inHostForm(document) && tree.Has(strings.Trim(l.path, "/")) {
		return true
	}
	if strings.HasPrefix(l.path, "file:") {
		return false
	}
	if (strings.HasPrefix(l.path, "/") || route(document, l.path)) && served(tree, document, l.path) {
		return true
	}
	return slices.ContainsFunc(around(s.sites, document), func(one site) bool { return one.resolves(tree, s.names, document, l) })
}

// route says whether a link from the source of an application names what may be
// an address of the application: no file, and not the way to a folder.
func route(document, target string) bool {
	return strings.Contains(document, "/src/") && path.Ext(target) == "" && !strings.HasPrefix(target, ".")
}

// publicFolders hold what web servers and bundlers give out from the root.
var publicFolders = []string{"public", "static"}

// served says whether the application around a document decides where its link
// leads: a route, or a file that it gives out from the root.
func served(t *detect.Tree, document, target string) bool {
	if app, _, ok := strings.Cut(document, "/src/"); ok && path.Ext(target) == "" && t.Has(app+"/package.json") {
		return true // a route, which its code decides
	}
	if !strings.HasPrefix(target, "/") {
		return false
	}
	for dir := path.Dir(document); ; dir = path.Dir(dir) {
		if slices.ContainsFunc(publicFolders, func(f string) bool { return t.Has(path.Join(dir, f, target)) }) {
			return true
		}
		if dir == "." || dir == "/" {
			return false
		}
	}
}

// reference tells what became of the target of a dead link.
func (s *shelf) reference(document string, l link) Reference {
	r := Reference{Target: l.target, Address: bareAddress.MatchString(l.target)}
	if r.Address {
		r.Nearest = "https://" + l.target
		return r
	}
	if local, ok := strings.CutPrefix(l.path, "file:"); ok {
		r.Nearest = s.copied(local)
		return r
	}
	full, ok := l.from(document)
	if !ok {
		return r
	}
	r.Path = full
	r.Removed = removal(s.repo, full)
	if r.Removed == nil || r.Removed.To == "" {
		r.Nearest = s.instead(full, r.Removed)
	}
	return r
}

// copied is the path in the repository that the path of somebody's clone ends in;
// empty where there is none.
func (s *shelf) copied(local string) string {
	for tail := strings.TrimLeft(local, "/"); tail != ""; _, tail, _ = strings.Cut(tail, "/") {
		if s.repo.Tree.Has(tail) {
			return tail
		}
	}
	return ""
}

// instead is the path that was probably meant. Where history tells that the one
// named was removed, another of its name elsewhere is another thing.
func (s *shelf) instead(full string, removed *detect.Removal) string {
	near := s.index().nearest(full)
	if removed != nil && path.Dir(near) != path.Dir(full) {
		return ""
	}
	return near
}

// bareAddress is a web address without its scheme: a host of a usual domain,
// alone or with a path.
var bareAddress = regex.New(`(?i)^(?:www\.[\w.-]+\.[a-z]{2,}|(?:[\w-]+\.)+(?:com|org|net|io|dev|gov|edu|cloud|app|uk|de|fr|eu|ca|au|info|tech))(?:[:/?#].*)?$`)

// removal is how a path left the repository; nil where history does not tell.
func removal(r *detect.Repo, p string) *detect.Removal {
	if removed, ok, err := r.History.Removal(p); ok && err == nil {
		return &removed
	}
	return nil
}

// note says in a few words what became of what a reference names.
func (r Reference) note() string {
	switch {
	case r.Address:
		return "is read as a path; did you mean " + r.Nearest + "?"
	case r.Removed != nil && r.Removed.To != "":
		return fmt.Sprintf("moved to %s on %s", r.Removed.To, r.Removed.Commit.When.Format("2006-01-02"))
	case r.Removed != nil:
		return fmt.Sprintf("removed on %s by %.8s", r.Removed.Commit.When.Format("2006-01-02"), r.Removed.Commit.ID)
	case r.Nearest != "":
		return "is not there; did you mean " + r.Nearest + "?"
	}
	return "is not there"
}

// short bounds a subject.
func short(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
