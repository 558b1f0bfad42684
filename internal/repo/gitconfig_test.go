package repo

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGitConfigIsReadWithTolerance(t *testing.T) {
	got := parseGitConfig("\ufeff; comment\n[core]\n\tbare = false # no\n\tfileMode\n[Remote \"Ori]g\\\"in\"]\n URL = \"a ; b\"  ; c\n url = two\\\n  lines\t \n" +
		"[remote.old]\nurl=x\r\n[broken\ny = 1\n[alias] st = status\n= 3\n!! nonsense\n[empty]\nk =\n[extensions]noop\n[q]\npath = \"C:\\\\new\\tline\"x")
	want := gitConfig{
		"core.bare": {"false"}, "core.filemode": {"true"}, `remote.Ori]g"in.url`: {"a ; b", "two  lines"}, "remote.old.url": {"x"},
		"alias.st": {"status"}, "empty.k": {""}, "extensions.noop": {"true"}, "q.path": {"C:\\new\tlinex"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOrigin(t *testing.T) {
	for remote, want := range map[string]string{
		"https://github.com/owner/name.git":                            "owner/name",
		"https://user:token@github.com/owner/name":                     "owner/name",
		"git@github.com:owner/name.git":                                "owner/name",
		"ssh://git@example.org:7999/proj/name.git/":                    "proj/name",
		"https://gitlab.example.org/group/sub/name.git":                "group/sub/name",
		"https://bitbucket.example.org/scm/proj/name.git":              "proj/name",
		"https://me@dev.azure.com/org/project/_git/name":               "org/project/name",
		"git@ssh.dev.azure.com:v3/org/project/name":                    "org/project/name",
		"https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/name": "name",
		"git://example.org/name":                                       "name",
		"/srv/git/owner/name.git":                                      "", "../name": "", "name": "", "file:///srv/owner/name.git": "", `C:\src\name`: "", "C:/src/name": "",
		"ext::sh -c x": "", "": "", "https://": "", "https://exa mple/%zz": "",
		"https://example.org/owner/../../etc/passwd": "etc/passwd",
	} {
		if got := originOf(remote); got != want {
			t.Errorf("originOf(%q) = %q, want %q", remote, got, want)
		}
	}
}
