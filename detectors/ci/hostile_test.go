package ci_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/hostile"
)

// names are paths that each of the formats is read from.
var names = []string{
	".github/workflows/x.yml", ".gitlab-ci.yml", "Jenkinsfile", ".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml",
	".travis.yml", ".buildkite/pipeline.yml", ".drone.yml", ".woodpecker.yml", "appveyor.yml", ".semaphore/semaphore.yml", "cloudbuild.yaml",
	"buildspec.yml", ".prow.yaml", "atlantis.yaml", "action.yml", "vars/x.groovy", "any.yml",
}

// everywhere puts one text at all of the paths.
func everywhere(text string) []txtar.File {
	var files []txtar.File
	for _, name := range names {
		files = append(files, txtar.File{Name: name, Data: []byte(text)})
	}
	return files
}

func scanned(t *testing.T, text string) {
	t.Helper()
	repo := &detect.Repo{Name: "shop", Origin: "acme/shop"}
	for _, b := range observe(t, repo, everywhere(text)).BlindSpots {
		if strings.Contains(b.Err.Error(), "please report") {
			t.Errorf("%s fails at %s: %v", b.Detector.ID, b.Path, b.Err)
		}
	}
}

func TestHostileTextsAreReadInTime(t *testing.T) {
	start := time.Now()
	for _, text := range []string{
		"", "\n", "[]", "a", "{}", "null", "- a\n- b\n", "on:\njobs:\nsteps:\n", "jobs: {a: }\non: {push: }\n",
		"x: &a [1]\ninclude: *a\nstages: *a\nsteps: *a\njobs: *a\nworkflows: *a\n",
		".a: {extends: .a, script: [!reference [.a, script]]}\nb: {extends: [.a, b], script: [!reference [b, script]]}\n",
		"include: .gitlab-ci.yml\na: {script: x}\n",
		"commands: {a: {steps: [a, a, a, a, a, a, a, a]}}\njobs: {build: {steps: [a]}}\nversion: 2.1\n",
		"steps:\n" + strings.Repeat("- ${{ if a }}:\n", 1) + "  - script: x\n",
		"jobs:\n" + strings.Repeat("  job%: {steps: [{run: make}], script: [make], if: github.ref == 'refs/heads/x'}\n", 3000),
		"a:\n  script:\n" + strings.Repeat("    - make && make || true\n", 3000),
		"def f(x) { f(x); f(x) }\nf(1)\n", "def f() { g(); g() }\ndef g() { f(); f() }\nnode { f() }\n",
		"pipeline { stages { " + strings.Repeat("stage('a') { stages { ", 200) + strings.Repeat("} } ", 200) + "} }",
		"node { " + strings.Repeat("stage('a') { sh 'x' }\n", 5000) + "}",
		"node { if (" + strings.Repeat("(", 5000) + ") { sh 'x' } }",
	} {
		scanned(t, text)
	}
	if took := time.Since(start); took > 2*time.Minute {
		t.Errorf("took %s", took)
	}
}

func FuzzFiles(f *testing.F) {
	for _, seed := range []string{
		"on: {push: {branches: [main]}}\njobs: {a: {if: always(), steps: [{run: 'a | b', uses: ./x}]}}",
		"a: {script: [make], rules: [{if: $CI_COMMIT_TAG, when: manual}], needs: [{job: b}]}",
		"pipeline { stages { stage('a') { when { branch 'x' } steps { sh 'y' } } } }",
		"workflows: {a: {jobs: [b: {filters: {branches: {only: /x/}}}]}}\njobs: {b: {steps: [run: >-\n  a\n  b\n]}}",
		"trigger: [main]\nstages: [{stage: a, jobs: [{job: b, steps: [{script: x}]}]}]",
		"pipelines: {default: [{step: {script: [a]}}]}\nsteps: [{block: x}, wait, {command: y}]",
	} {
		f.Add(seed)
	}
	hostile.Seeds(f, func(_ string, data []byte) { f.Add(string(data)) }, ".yml", ".yaml", "Jenkinsfile")
	f.Fuzz(func(t *testing.T, text string) { scanned(t, text) })
}
