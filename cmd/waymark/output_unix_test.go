//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestAPipeIsWrittenToAndStaysOne(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	must(t, syscall.Mkfifo(pipe, 0o600))
	read := make(chan string)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			read <- err.Error()
			return
		}
		defer f.Close()
		data, _ := io.ReadAll(f)
		read <- string(data)
	}()
	code, _, stderr := waymark(t, "scan", "-o", "json="+pipe, checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}}))
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if got := <-read; !strings.HasPrefix(got, "{") {
		t.Errorf("the pipe got %.40q, not a report", got)
	}
	if info, err := os.Stat(pipe); err != nil || info.Mode().IsRegular() {
		t.Errorf("the pipe was replaced by a file: %v", err)
	}
}

func TestALinkStaysALink(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "report.json"), filepath.Join(dir, "latest.json")
	must(t, os.WriteFile(file, []byte("old"), 0o644))
	must(t, os.Symlink(file, link))
	code, _, stderr := waymark(t, "scan", "-o", "json="+link, checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}}))
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v", err)
	}
	if data, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(data), "{") {
		t.Errorf("the file behind the link has %.40q (%v)", data, err)
	}
}

func TestAFormatThatIsAskedForIsPrintedBesideFiles(t *testing.T) {
	root, file := checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}}), filepath.Join(t.TempDir(), "a.sarif")
	if _, stdout, _ := waymark(t, "scan", "-o", "sarif="+file, "--format", "table", root); !strings.Contains(stdout, "example") {
		t.Errorf("standard output is %q, want the table", stdout)
	}
	if _, stdout, _ := waymark(t, "scan", "-o", "sarif="+file, root); stdout != "" {
		t.Errorf("standard output is %q, want nothing: the report went to a file", stdout)
	}
}

// TestTheUmaskIsHeeded: it says who may read the report, and nothing of what
// stands in it.
func TestTheUmaskIsHeeded(t *testing.T) {
	root := checkout(t, []txtar.File{{Name: "main.tf", Data: []byte("resource \"null_resource\" \"a\" {}\n")}})
	made := map[string][]byte{}
	for mask, mode := range map[string]os.FileMode{"022": 0o644, "077": 0o600} {
		self, err := os.Executable()
		must(t, err)
		file := filepath.Join(t.TempDir(), "report.json")
		c := exec.CommandContext(t.Context(), "sh", "-c", "umask "+mask+` && exec "$@"`, "sh", self, "scan", "-o", "json="+file, root)
		c.Env = append(os.Environ(), "WAYMARK_IS_THE_TEST=1")
		if said, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		info, err := os.Stat(file)
		must(t, err)
		if info.Mode().Perm() != mode {
			t.Errorf("with the umask %s the report has the mode %v", mask, info.Mode())
		}
		made[mask], err = os.ReadFile(file)
		must(t, err)
	}
	if !bytes.Equal(made["022"], made["077"]) {
		t.Error("the reports differ")
	}
}

func TestWhoMayReadAReportStaysTheSame(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	must(t, os.WriteFile(file, []byte("old"), 0o600))
	code, _, stderr := waymark(t, "scan", "-o", "json="+file, checkout(t, []txtar.File{{Name: "README.md", Data: []byte("# Thing\n")}}))
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the report has the mode %v (%v)", info.Mode(), err)
	}
}
