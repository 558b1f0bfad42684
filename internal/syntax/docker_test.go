package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func TestDockerfile(t *testing.T) {
	list, err := syntax.Dockerfile.Of(detect.NewFile("Dockerfile", []byte(`# syntax=docker/dockerfile:1
FROM --platform=linux/amd64 golang:1.26 AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
run --mount=type=cache,target=/root \
    make build && \
    # a comment

    make test
RUN <<EOF
make a
make b
EOF
RUN cat <<EOF > x && make c
text
EOF
CMD ["web", "--port=80"]
ONBUILD RUN make later
HEALTHCHECK CMD curl -f localhost
`)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range list {
		got = append(got, fmt.Sprintf("%s %q %q exec %t at %s", i.Name, i.Flags, i.Words, i.Exec, at(i.At)))
		if i.Deferred != nil {
			i = *i.Deferred
		}
		text, first := i.Script()
		if i.Name != "RUN" && i.Name != "CMD" {
			continue
		}
		commands, err := syntax.Shell(text, false, false)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		for _, c := range commands {
			got = append(got, fmt.Sprintf("  %d: %s", first+c.Line, c))
		}
	}
	same(t, []string{
		`FROM ["--platform=linux/amd64"] ["golang:1.26" "AS" "build"] exec false at 2:1-49`,
		`SHELL [] ["/bin/bash" "-o" "pipefail" "-c"] exec true at 3:1-44`,
		`RUN ["--mount=type=cache,target=/root"] ["make build &&     make test"] exec false at 4-8`,
		`  5: make build`,
		`  8: make test`,
		`RUN [] ["<<EOF"] exec false at 9-12`,
		`  10: make a`,
		`  11: make b`,
		`RUN [] ["cat <<EOF > x && make c"] exec false at 13-15`,
		`  13: cat`,
		`  13: make c`,
		`CMD [] ["web" "--port=80"] exec true at 16:1-25`,
		`ONBUILD [] [] exec false at 17:1-23`,
		`  17: make later`,
		`HEALTHCHECK [] ["CMD" "curl -f localhost"] exec false at 18:1-34`,
	}, got)
}

func TestDockerfileThatIsHostile(t *testing.T) {
	for name, text := range map[string]string{
		"deferred":     strings.Repeat("ONBUILD ", 30_000) + "RUN a",
		"continuation": "RUN " + strings.Repeat("a\\\n", 60_000),
		"heredocs":     strings.Repeat("RUN <<E\n", 30_000),
		"markers":      "RUN " + strings.Repeat("<<E ", 10_000),
		"brackets":     "RUN " + strings.Repeat("[", 10_000),
		"large":        strings.Repeat("RUN a\n", 100_000),
		"unknown":      "hello world\n",
		"utf8":         "RUN \xff\n",
		"nul":          "RUN a\x00b\n",
		"comments":     "# a\n",
		"empty":        "",
	} {
		t.Run(name, func(t *testing.T) {
			list, err := syntax.Dockerfile.Of(detect.NewFile("Dockerfile", []byte(text)))
			for _, i := range list {
				i.Script()
			}
			t.Logf("%.60v", err)
		})
	}
}
