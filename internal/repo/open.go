package repo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/history"
	"github.com/waymark-dev/waymark/internal/objects"
)

// An opening is the work of Open.
type opening struct {
	ctx        context.Context
	opts       Options
	place      place
	config     gitConfig
	refs       *objects.Refs
	store      *objects.Store
	reader     *objects.Reader
	head       objects.ID // the scanned commit; Zero where there is none
	repository *Repository
}

func (o *opening) open(folder string) error {
	r := o.repository
	r.Root = o.place.root
	if !o.place.bare {
		rel, err := filepath.Rel(o.place.root, folder)
		if err != nil {
			return err
		}
		if rel != "." {
			r.Component = filepath.ToSlash(rel)
		}
	}
	gitErr := o.openGit()
	fromDisk := !o.place.bare && o.opts.Rev == ""
	if gitErr != nil && !fromDisk {
		return gitErr
	}
	if gitErr != nil && !errors.Is(gitErr, errNoGit) {
		o.blind(fmt.Errorf("the git repository cannot be read, so that there is no history: %w", gitErr))
	}
	o.describe()
	if fromDisk {
		return o.listDisk()
	}
	return o.listCommit()
}

var errNoGit = errors.New("it is not in a git repository, so that there is no commit to name: scan it without --rev")

// openGit opens references and objects and finds the commit.
func (o *opening) openGit() (err error) {
	if o.place.broken != nil {
		return o.place.broken
	}
	if o.place.gitDir == "" {
		return errNoGit
	}
	o.config = o.settings()
	if err := supported(o.config); err != nil {
		return err
	}
	if o.refs, err = objects.ReadRefs(o.place.gitDir, o.place.commonDir); err != nil {
		return err
	}
	if o.store, err = objects.Open(filepath.Join(o.place.commonDir, "objects")); err != nil {
		return err
	}
	o.repository.closers = append(o.repository.closers, o.store.Close)
	if o.store.Absent() {
		o.blind(errAbsent)
	}
	o.store.Apply(objects.ReadOverlay(o.place.commonDir, o.refs))
	o.reader = o.store.Reader()
	return o.findCommit()
}

// Faults of git's own files that leave something to be read.
var (
	errSettings = errors.New("the settings of git (.git/config) are damaged or cannot be read: what they say is used as far as it can be told")
	errAbsent   = errors.New("the clone borrows objects from a folder that is not there (objects/info/alternates): commits and files may be missing; clone again, or run `git repack -a -d` where the folder is")
)

// blind names something about the whole repository that could not be read.
func (o *opening) blind(err error) {
	o.repository.Blind = append(o.repository.Blind, detect.BlindSpot{Err: err})
}

// settings reads the configuration of the repository. A snapshot without one
// is read as git would read it with the defaults.
func (o *opening) settings() gitConfig {
	text, err := readSmall(filepath.Join(o.place.commonDir, "config"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) || damaged(text) {
		o.blind(errSettings)
	}
	return parseGitConfig(text)
}

func (o *opening) findCommit() error {
	id, err := resolve(o.opts.Rev, o.refs, o.reader)
	if errors.Is(err, errNoCommits) && o.opts.Rev == "" && !o.place.bare {
		return nil
	}
	if err != nil {
		return err
	}
	c, err := o.reader.Commit(id)
	if err != nil {
		return fmt.Errorf("reading the commit: %w", err)
	}
	o.head = id
	o.repository.Commit, o.repository.Committed = id.String(), c.CommitterTime
	return nil
}

// describe fills in what is known of the repository besides its files.
func (o *opening) describe() {
	r := o.repository
	remote := o.config.first("remote.origin.url")
	r.Origin, r.Host = originOf(remote), hostOf(remote)
	r.Name = path.Base(r.Origin)
	if r.Origin == "" {
		r.Name = folderName(o.place.root)
	}
	if !strings.Contains(r.Origin, "/") {
		r.Origin = "" // a name without an owner
	}
	if o.refs != nil {
		r.Branch = defaultBranch(o.refs, o.place.bare)
	}
	if o.head != objects.Zero && !o.opts.NoHistory {
		r.History = history.New(o.ctx, o.store, o.head, history.Options{Tags: o.refs.Tags, Untagged: o.config.last("remote.origin.tagopt") == "--no-tags", Progress: o.opts.Progress})
	}
}

// folderName is the name that a root folder gives a repository: "shop" for
// "shop", for the bare "shop.git" and for "shop/.git".
func folderName(root string) string {
	if filepath.Base(root) == ".git" {
		root = filepath.Dir(root)
	}
	return strings.TrimSuffix(filepath.Base(root), ".git")
}

func (o *opening) listDisk() error {
	files, err := openDisk(o.place.root)
	if err != nil {
		return err
	}
	o.repository.closers = append(o.repository.closers, files.Close)
	known, err := o.trackedFiles()
	if err != nil {
		return err
	}
	w := walk{
		ctx: o.ctx, disk: files, tracked: known, lost: o.lost,
		fold: o.config.isTrue("core.ignorecase"), plainLinks: o.config.isFalse("core.symlinks"),
	}
	if err := w.list([]byte(o.place.text("info/exclude"))); err != nil {
		return err
	}
	o.repository.FromDisk = true
	o.repository.source = &workTree{disk: files, left: o.objectsOf(known, true)}
	o.repository.Blind = append(o.repository.Blind, append(known.blind, w.blind...)...)
	return o.finish(w.entries, func(p string) (string, error) { return files.link(p, w.plainLinks) })
}

// trackedFiles asks the index, else the tree of HEAD.
func (o *opening) trackedFiles() (*tracked, error) {
	if o.reader == nil {
		return newTracked(), nil
	}
	known, err := trackedInIndex(o.ctx, o.place.gitDir, o.reader)
	if err == nil {
		return known, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		o.blind(fmt.Errorf("the index of git cannot be read, so that the last commit tells what is tracked: %w", reason(err, 0)))
	}
	if o.head == objects.Zero {
		return newTracked(), o.ctx.Err()
	}
	return o.trackedInCommit()
}

func (o *opening) trackedInCommit() (*tracked, error) {
	c, err := o.reader.Commit(o.head)
	if err != nil {
		return nil, fmt.Errorf("reading the commit: %w", err)
	}
	return trackedInTree(o.ctx, c.Tree, o.reader)
}

// lost says that the contents of a file are missing from the clone.
func (o *opening) lost(id objects.ID) bool {
	_, err := o.reader.Blob(id, 0)
	return errors.Is(err, objects.ErrMissing)
}

func (o *opening) listCommit() error {
	known, err := o.trackedInCommit()
	if err != nil {
		return err
	}
	entries := make([]detect.Entry, 0, len(known.files))
	for p, f := range known.files {
		entries = append(entries, detect.Entry{Path: p, Mode: f.mode})
	}
	o.repository.Blind = append(o.repository.Blind, known.blind...)
	stored := o.objectsOf(known, false)
	o.repository.source = stored
	return o.finish(entries, func(p string) (string, error) {
		text, err := stored.read(p, maxPath)
		return string(text), err
	})
}

// objectsOf are the contents of tracked files in the object store: of all, or
// of those that a sparse checkout left out.
func (o *opening) objectsOf(known *tracked, leftOnly bool) *objectSource {
	s := newObjectSource(o.store)
	for p, f := range known.files {
		if f.left || !leftOnly {
			s.ids[p] = f.id
		}
	}
	return s
}

// finish makes the tree of the entries.
func (o *opening) finish(entries []detect.Entry, text linkText) error {
	r := o.repository
	r.Blind = append(r.Blind, resolveLinks(entries, text)...)
	fold := o.config.isTrue("core.ignorecase")
	files, blind := readAttributes(entries, fold, r.source)
	r.Blind = append(r.Blind, blind...)
	sortBlind(r.Blind)
	own := attributeRules{rules: parseAttributes(o.place.text("info/attributes"), fold)}
	files = append([]attributeRules{own}, files...)
	r.marks = marksOf(entries, files)
	r.Tree = detect.NewTree(entries, r.marks)
	return o.ctx.Err()
}
