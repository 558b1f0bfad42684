package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A bench is what one run has measured so far.
type bench struct {
	programs
	rounds int
	clones []clone
	rows   []row
	notes  []string
}

// A clone is one that is measured, and what its parts took.
type clone struct {
	path, name      string
	files, commits  int
	scan, pass, all series
}

// A row is one line of the table: what the program takes, beside something else.
type row struct {
	what, on     string
	here, beside series
	bound        string
}

func (r row) String() string {
	return fmt.Sprintf("| %s | %s | %.2f | %.2f | %.2f | %.2f | %s | %.0f |", r.what, r.on, r.here.median(wall), r.beside.median(wall),
		r.here.beside(r.beside, wall), r.here.beside(r.beside, cpu), r.bound, r.here.median(peak))
}

func (b *bench) add(what, on string, here, beside series, bound string) {
	b.rows = append(b.rows, row{what, on, here, beside, bound})
}

func (b *bench) note(format string, args ...any) {
	b.notes = append(b.notes, fmt.Sprintf(format, args...))
}

func (b *bench) measure(paths []string) {
	for _, p := range paths {
		b.clones = append(b.clones, clone{path: p, name: nameOf(p), files: strings.Count(git(p, "ls-files"), "\n"), commits: number(git(p, "rev-list", "--count", "HEAD"))})
	}
	slices.SortFunc(b.clones, func(x, y clone) int { return x.files - y.files })
	for i := range b.clones {
		b.floors(&b.clones[i])
	}
	b.peers()
	b.together()
	b.startup()
	b.growth()
}

// floors measures one clone beside what cannot be spared.
func (b *bench) floors(c *clone) {
	m := inTurns(b.rounds,
		[]string{b.self, "-floor", c.path},
		[]string{b.waymark, "scan", "--no-history", c.path},
		[]string{"git", "-C", c.path, "log", "--format=%ct", "--name-only", "HEAD"},
		[]string{b.self, "-pass", c.path},
		[]string{b.waymark, "scan", c.path},
	)
	c.scan, c.pass, c.all = m[1], m[3], m[4]
	if m[2].failed() || c.pass.failed() {
		b.note("%s: its history cannot be read whole (a partial clone?) and was left out.", c.name)
		b.add("scan without history, beside listing, reading and parsing", fmt.Sprintf("%s, %d files", c.name, c.files), c.scan, m[0], "≤ 1.5")
		return
	}
	b.add("scan without history, beside listing, reading and parsing", fmt.Sprintf("%s, %d files", c.name, c.files), c.scan, m[0], "≤ 1.5")
	b.add("the pass over history, beside `git log --name-only`", fmt.Sprintf("%s, %d commits", c.name, c.commits), c.pass, m[2], "≤ 2")
	b.add("whole scan, beside the sum of its two parts", c.name, c.all, c.scan.and(c.pass), "≤ 1.2")
	b.add("whole scan, beside the sum of both floors", c.name, c.all, m[0].and(m[2]), "")
}

// peers measures whole scans beside other scanners, once each: they take long.
func (b *bench) peers() {
	for _, p := range peers {
		if !p.found() {
			b.note("%s is not on the PATH and was left out.", p.name())
			continue
		}
		version, _ := exec.Command(p.version[0], p.version[1:]...).CombinedOutput()
		b.note("%s: %s.", p.name(), strings.Join(strings.Fields(firstLine(string(version))), " "))
		for _, c := range b.clones {
			m := inTurns(1, p.on(c.path), []string{b.waymark, "scan", c.path})
			b.add("whole scan, beside "+p.name(), c.name, m[1], m[0], p.bound)
		}
	}
}

// together measures all clones in one call, beside a call each.
func (b *bench) together() {
	call, largest := []string{b.waymark, "scan"}, 0.0
	var each series
	for i, c := range b.clones {
		call = append(call, c.path)
		largest = max(largest, c.all.median(peak))
		if i == 0 {
			each = c.all
		} else {
			each = each.and(c.all)
		}
	}
	m := inTurns(b.rounds, call)
	b.add("all in one call, beside a call each", fmt.Sprintf("%d clones", len(b.clones)), m[0], each, "≤ 1")
	over := (m[0].median(peak) - largest) / float64(len(b.clones))
	b.note("All in one call take at their peak %.0f MB, the largest alone %.0f MB: %.1f MB more for each clone.", m[0].median(peak), largest, over)
}

// startup measures a start beside that of a program that only says hello.
func (b *bench) startup() {
	m := inTurns(4*b.rounds+1, []string{b.waymark, "version"}, []string{b.hello})
	more := func(of func(sample) float64) float64 { return 1000 * (m[0].median(of) - m[1].median(of)) }
	b.note("`waymark version` takes %.0f ms more than a program that says hello (at most 20), and %.0f ms more of the processors.", more(wall), more(cpu))
}

// growth says what a file and a commit of each clone take.
func (b *bench) growth() {
	for _, c := range b.clones {
		if c.pass.failed() {
			continue
		}
		b.note("%s: %.2f ms of the processors for each file, %.3f ms for each commit; at its peak %.0f MB without history and %.0f MB with it.", c.name,
			1000*c.scan.median(cpu)/float64(max(c.files, 1)), 1000*c.pass.median(cpu)/float64(max(c.commits, 1)), c.scan.median(peak), c.all.median(peak))
	}
}

// write writes the page.
func (b *bench) write(w io.Writer) error {
	var page strings.Builder
	fmt.Fprintf(&page, "# Speed and memory\n\nWritten by `make bench CLONES=\"…\"`. Each line is a ratio of what was measured in turns in one run, so that what else the machine\ndoes falls on both; it is the median of %d rounds (one for other scanners). %s, %d cores, %s, %s.\n\n",
		b.rounds, time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), runtime.Version(), strings.TrimSpace(git(".", "version")))
	page.WriteString("| what | on | seconds | beside | ratio | ratio of processor time | at most | peak MB |\n| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |\n")
	for _, r := range b.rows {
		page.WriteString(r.String() + "\n")
	}
	page.WriteString("\n")
	for _, n := range b.notes {
		page.WriteString("- " + n + "\n")
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		fmt.Fprintf(&page, "- Load of the machine over the last 1, 5 and 15 minutes: %s.\n", strings.Join(strings.Fields(string(load))[:3], ", "))
	}
	_, err := io.WriteString(w, page.String())
	return err
}

// nameOf is the owner and name of a clone as its origin tells, else its folder.
func nameOf(clone string) string {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSpace(git(clone, "remote", "get-url", "origin")), ".git"), "/")
	if len(parts) < 2 {
		return filepath.Base(clone)
	}
	return strings.Join(parts[len(parts)-2:], "/")
}

// git is what git says of a clone; empty where it fails.
func git(clone string, args ...string) string {
	out, err := exec.Command("git", append([]string{"-C", clone}, args...)...).Output()
	if err != nil {
		return ""
	}
	return string(out)
}

func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return n
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
