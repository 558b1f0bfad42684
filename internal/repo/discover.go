package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A place is where a repository lies on the disk.
type place struct {
	// root is the work tree, or the git folder of a bare repository.
	root string
	// gitDir has HEAD and the index, commonDir everything else; they differ in
	// a linked work tree. Both are empty where there is no git.
	gitDir, commonDir string
	bare              bool
	// broken says why the git folder cannot be used although there is one.
	broken error
}

// discover finds the repository around a folder, as git does: the nearest
// folder upwards that has a .git, or that is a git folder itself. Without one
// the folder itself is the root.
func discover(folder string) place {
	for dir := folder; ; dir = filepath.Dir(dir) {
		if found, ok := at(dir); ok {
			return found
		}
		if filepath.Dir(dir) == dir {
			return place{root: folder}
		}
	}
}

func at(dir string) (place, bool) {
	dotGit := filepath.Join(dir, ".git")
	info, err := os.Stat(dotGit)
	switch {
	case err == nil && info.IsDir():
		return atGitFolder(dir, dotGit)
	case err == nil && info.Mode().IsRegular():
		gitDir, err := readGitFile(dotGit)
		if err != nil {
			return place{root: dir, broken: err}, true
		}
		return open(dir, gitDir), true
	case isGitFolder(dir):
		found := open(dir, dir)
		found.bare = true
		return found, true
	}
	return place{}, false
}

// atGitFolder takes a .git folder; an empty one, or one with other things in
// it, is passed over as git does.
func atGitFolder(dir, dotGit string) (place, bool) {
	if isGitFolder(dotGit) {
		return open(dir, dotGit), true
	}
	if exists(dotGit, "HEAD") || exists(dotGit, "objects") {
		return place{root: dir, broken: errors.New("its .git folder is damaged: HEAD, objects or refs is missing; clone it again")}, true
	}
	return place{}, false
}

// open resolves the git folder of a root, symbolic links included, and the
// folder that it shares with other work trees.
func open(root, gitDir string) place {
	if real, err := filepath.EvalSymlinks(gitDir); err == nil {
		gitDir = real
	}
	common := gitDir
	if text, err := readSmall(filepath.Join(gitDir, "commondir")); err == nil {
		common = strings.TrimSpace(text)
		if !filepath.IsAbs(common) {
			common = filepath.Join(gitDir, common)
		}
	}
	return place{root: root, gitDir: gitDir, commonDir: common}
}

// readGitFile follows a .git file, which linked work trees and submodules have
// in place of the folder.
func readGitFile(path string) (string, error) {
	text, err := readSmall(path)
	if err != nil {
		return "", fmt.Errorf("its .git file cannot be read: %w", err)
	}
	target, ok := strings.CutPrefix(text, "gitdir:")
	target = strings.TrimSpace(target)
	if !ok || target == "" {
		return "", errors.New("its .git file does not name a git folder: it should read `gitdir: PATH`")
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(path), target)
	}
	if !isGitFolder(target) && !exists(target, "commondir") {
		return "", errors.New("its .git file names a git folder that is not there: scan where the repository was cloned, or clone it again")
	}
	return target, nil
}

// isGitFolder applies git's own test: HEAD, objects and refs.
func isGitFolder(dir string) bool {
	return exists(dir, "HEAD") && isFolder(filepath.Join(dir, "objects")) && isFolder(filepath.Join(dir, "refs"))
}

// exists says whether there is an entry of a folder, a broken link included:
// HEAD may be one.
func exists(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// maxSmall bounds the files of the git folder that hold settings.
const maxSmall = 1 << 20

// readSmall reads a regular file of the git folder, in which a hostile archive
// may have put anything.
func readSmall(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSmall {
		return "", &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file of at most 1 MB")}
	}
	text, err := os.ReadFile(path)
	return string(text), err
}
