package ci_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A matrix of more combinations than are looked at leaves its steps as written.
func TestMatrixesAreBounded(t *testing.T) {
	list := "[" + strings.Repeat("a, ", 200) + "b]"
	text := "on: push\njobs:\n  test:\n    strategy: {matrix: {x: " + list + ", y: " + list + "}}\n    runs-on: ubuntu-latest\n    steps: [{run: 'make ${{ matrix.x }}'}]\n"
	repo := &detect.Repo{Name: "shop", Branch: "main", Host: "github.com"}
	got := outline(observe(t, repo, []txtar.File{{Name: ".github/workflows/ci.yml", Data: []byte(text)}}))
	if strings.Count(got, "make ${{ matrix.x }}") != 1 {
		t.Error(got)
	}
}
