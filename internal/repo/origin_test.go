package repo

import "testing"

func TestHostOf(t *testing.T) {
	for remote, want := range map[string]string{
		"https://user:secret@GitHub.com:8443/a/b.git": "github.com", "git@gitlab.example.org:a/b.git": "gitlab.example.org",
		"ssh://git@host.example:22/a/b": "host.example", "/srv/git/a": "", `C:\src\a`: "", "": "",
	} {
		if got := hostOf(remote); got != want {
			t.Errorf("host of %q is %q, want %q", remote, got, want)
		}
	}
}
