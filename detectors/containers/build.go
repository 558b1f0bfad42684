package containers

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

//go:embed build.md
var buildDoc string

// Builds sees Dockerfiles and Containerfiles. Its values are a Build each.
var Builds = &detect.Detector{ID: "containers/build", Doc: buildDoc, Match: dockerfiles, File: builds}

// dockerfiles are the names that image builds go by.
var dockerfiles = []string{
	"**/Dockerfile", "**/Dockerfile.*", "**/Dockerfile-*", "**/Dockerfile_*", "**/*.Dockerfile", "**/*.dockerfile", "**/*-Dockerfile",
	"**/Containerfile", "**/Containerfile.*", "**/*.Containerfile",
}

// instructions are those of a file that is a Dockerfile: not an ignore file,
// and not the input of a template engine.
func instructions(f *detect.File) ([]syntax.Instruction, error) {
	switch path.Ext(f.Path) {
	case ".dockerignore", ".md", ".erb", ".j2", ".tmpl", ".tpl", ".template", ".sh", ".py", ".yml", ".yaml", ".json":
		return nil, nil
	}
	if onlyComments(f.Data) {
		return nil, nil
	}
	return syntax.Dockerfile.Of(f)
}

func onlyComments(data []byte) bool {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

func builds(p *detect.Pass, f *detect.File) error {
	list, err := instructions(f)
	if err != nil {
		return err
	}
	b, from := Build{Dir: path.Dir(f.Path)}, false
	pipefail := false
	for _, i := range list {
		switch i.Name {
		case "FROM":
			from, pipefail = true, false
		case "SHELL":
			pipefail = strings.Contains(i.Text, "pipefail")
		case "CMD", "ENTRYPOINT":
			b.Entry = true
		case "RUN":
			b.Commands = append(b.Commands, commands(i, pipefail)...)
		}
	}
	if from {
		p.Report(f.Path, f.Whole(), "builds an image", b)
	}
	return nil
}

// commands are the shell commands of a RUN instruction. One that is not valid
// shell, such as a script for PowerShell, has none.
func commands(i syntax.Instruction, pipefail bool) []wiring.Command {
	texts := append([]string{i.Text}, i.Heredoc...)
	var found []wiring.Command
	for _, text := range texts {
		parsed, err := syntax.Shell(text, false, pipefail)
		if err != nil {
			continue
		}
		for _, c := range parsed {
			if !strings.HasPrefix(c.Words[0], "<<") {
				found = append(found, wiring.CommandAt(c, i.At))
			}
		}
	}
	return found
}
