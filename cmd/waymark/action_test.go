//go:build git && unix

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// script runs a script of the action and gives its exit code and output.
func script(t *testing.T, name string, env ...string) (code int, output string) {
	t.Helper()
	cmd := exec.Command("bash", filepath.Join("..", "..", "scripts", name))
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// release serves one release, whose checksum may be wrong.
func release(t *testing.T, right bool) string {
	t.Helper()
	var archive bytes.Buffer
	zip := gzip.NewWriter(&archive)
	files := tar.NewWriter(zip)
	program := []byte("#!/bin/sh\necho released\n")
	must(t, files.WriteHeader(&tar.Header{Name: "waymark", Mode: 0o755, Size: int64(len(program))}))
	_, err := files.Write(program)
	must(t, err)
	must(t, files.Close())
	must(t, zip.Close())
	sum := fmt.Sprintf("%x", sha256.Sum256(archive.Bytes()))
	if !right {
		sum = strings.Repeat("0", 64)
	}
	name := fmt.Sprintf("waymark_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	mux := http.NewServeMux()
	mux.HandleFunc("/v1.2.3/"+name, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(archive.Bytes()) })
	mux.HandleFunc("/v1.2.3/checksums.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, "%s  %s\n", sum, name) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestTheActionInstallsWhatWasReleased(t *testing.T) {
	bin := t.TempDir()
	code, out := script(t, "install.sh", "WAYMARK_BIN="+bin, "WAYMARK_VERSION=v1.2.3", "WAYMARK_RELEASES="+release(t, true))
	if got, err := exec.Command(filepath.Join(bin, "waymark")).Output(); code != 0 || err != nil || string(got) != "released\n" {
		t.Errorf("exit code %d, %s: the program says %q (%v)", code, out, got, err)
	}
	bin = t.TempDir()
	code, out = script(t, "install.sh", "WAYMARK_BIN="+bin, "WAYMARK_VERSION=v1.2.3", "WAYMARK_RELEASES="+release(t, false))
	if entries, err := os.ReadDir(bin); code == 0 || err != nil || len(entries) > 0 || !strings.Contains(out, "not used") {
		t.Errorf("what was not released is installed: exit code %d, %s", code, out)
	}
}

func TestTheActionBuildsWhereNothingIsReleased(t *testing.T) {
	source, bin := t.TempDir(), t.TempDir()
	must(t, os.MkdirAll(filepath.Join(source, "cmd", "waymark"), 0o755))
	must(t, os.WriteFile(filepath.Join(source, "go.mod"), []byte("module example.org/built\n\ngo 1.26\n"), 0o644))
	must(t, os.WriteFile(filepath.Join(source, "cmd", "waymark", "main.go"), []byte("package main\n\nfunc main() { println(\"built\") }\n"), 0o644))
	code, out := script(t, "install.sh", "WAYMARK_BIN="+bin, "WAYMARK_VERSION=main", "WAYMARK_SOURCE="+source)
	if got, err := exec.Command(filepath.Join(bin, "waymark")).CombinedOutput(); code != 0 || err != nil || string(got) != "built\n" {
		t.Errorf("exit code %d, %s: the program says %q (%v)", code, out, got, err)
	}
}

// TestTheActionScans runs the step of the action with this program.
func TestTheActionScans(t *testing.T) {
	root, dir := configured(t, ""), t.TempDir()
	self, err := os.Executable()
	must(t, err)
	summary, output, sarif := filepath.Join(dir, "summary"), filepath.Join(dir, "output"), filepath.Join(dir, "w.sarif")
	env := []string{"WAYMARK_IS_THE_TEST=1", "WAYMARK=" + self, "WAYMARK_PATH=" + root, "WAYMARK_SARIF=" + sarif, "GITHUB_STEP_SUMMARY=" + summary, "GITHUB_OUTPUT=" + output}
	for conditions, want := range map[string]int{"": 0, "stage<2\n\n error": 1, "stage<=2": 2} {
		for _, f := range []string{summary, output, sarif} {
			must(t, os.WriteFile(f, nil, 0o644))
		}
		code, out := script(t, "scan.sh", append(env, "WAYMARK_FAIL_ON="+conditions)...)
		if code != want {
			t.Errorf("%q: exit code %d, want %d: %s", conditions, code, want, out)
		}
		told, err := os.ReadFile(output)
		must(t, err)
		if want < 2 && string(told) != "written=true\nstage=1\n" {
			t.Errorf("%q: the outputs are %q", conditions, told)
		}
		text, err := os.ReadFile(summary)
		must(t, err)
		if want < 2 && !strings.Contains(string(text), "Ad hoc") {
			t.Errorf("%q: the summary is %q", conditions, text)
		}
	}
}

// TestTheActionTakesInputsThroughTheEnvironment holds its scripts free of what
// a caller writes.
func TestTheActionTakesInputsThroughTheEnvironment(t *testing.T) {
	data, err := os.ReadFile("../../action.yml")
	must(t, err)
	var action struct {
		Runs struct {
			Steps []struct{ Run, Uses string }
		}
	}
	must(t, yaml.Unmarshal(data, &action))
	for _, s := range action.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("a script holds an expression: %s", s.Run)
		}
		if s.Uses != "" && !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(s.Uses) {
			t.Errorf("%s is not taken at a commit", s.Uses)
		}
	}
}

// TestSnippetsOfPipelinesNameFlagsThatAreThere runs each command of the
// snippets as far as its flags.
func TestSnippetsOfPipelinesNameFlagsThatAreThere(t *testing.T) {
	docs, err := filepath.Abs("../../docs")
	must(t, err)
	files, err := filepath.Glob(filepath.Join(docs, "examples", "*"))
	must(t, err)
	command := regexp.MustCompile(`waymark"? (scan [^\n]*?)(?:'?\)?\n|$)`)
	n := 0
	t.Chdir(t.TempDir())
	must(t, os.MkdirAll("reports", 0o755))
	for _, f := range append(files, filepath.Join(docs, "ci.md")) {
		data, err := os.ReadFile(f)
		must(t, err)
		for _, found := range command.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(found[1], "`") {
				continue
			}
			n++
			args := strings.Fields(strings.NewReplacer(`'`, "", `"`, "").Replace(found[1]))
			if code, _, stderr := waymark(t, args...); code != exitDone && code != exitHolds {
				t.Errorf("%s: %v: exit code %d, %s", f, args, code, stderr)
			}
		}
	}
	if n < 4 {
		t.Errorf("%d commands found in the snippets", n)
	}
}
