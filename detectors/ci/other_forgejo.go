package ci

import "github.com/waymark-dev/waymark/internal/wiring"

// forgejo reads a workflow of Forgejo or Gitea, which took over the language
// of GitHub Actions.
// Source: https://forgejo.org/docs/latest/user/actions/reference/
func forgejo(o *otherFile) (wiring.Pipeline, bool) {
	return workflow(o.pass, o.file, o.root, ""), true
}
