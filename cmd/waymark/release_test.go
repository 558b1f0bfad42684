package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestTheReleaseMakesWhatTheActionDownloads holds the release's configuration to
// the script that installs what was released.
func TestTheReleaseMakesWhatTheActionDownloads(t *testing.T) {
	data, err := os.ReadFile("../../.goreleaser.yaml")
	must(t, err)
	var release struct {
		ProjectName string `yaml:"project_name"`
		Builds      []struct {
			Main         string
			Goos, Goarch []string
			Ldflags      []string
		}
		Archives []struct {
			Formats      []string
			NameTemplate string `yaml:"name_template"`
		}
		Checksum struct {
			NameTemplate string `yaml:"name_template"`
			Algorithm    string
		}
	}
	must(t, yaml.Unmarshal(data, &release))
	script, err := os.ReadFile("../../scripts/install.sh")
	must(t, err)
	archive := release.Archives[0]
	name := strings.NewReplacer("{{ .Os }}", "$(system)", "{{ .Arch }}", "$(machine)").Replace(archive.NameTemplate) + "." + archive.Formats[0]
	for _, want := range []string{name, release.Checksum.NameTemplate, release.Checksum.Algorithm} {
		if !strings.Contains(string(script), want) {
			t.Errorf("install.sh does not know of %s", want)
		}
	}
	build := release.Builds[0]
	for _, system := range []string{"linux", "darwin", "windows"} {
		if !slices.Contains(build.Goos, system) {
			t.Errorf("there is no release for %s", system)
		}
	}
	if !slices.ContainsFunc(build.Ldflags, func(f string) bool { return strings.Contains(f, "-X main.version={{ .Version }}") }) {
		t.Errorf("the program is not told its version: %v", build.Ldflags)
	}
}
