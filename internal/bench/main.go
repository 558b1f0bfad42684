// Command bench measures scans of real clones against floors and against the
// peers found on the PATH, in one run, and writes one table of ratios.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	floor := flag.String("floor", "", "be the floor: list, read and parse once every configuration and document file below this folder")
	history := flag.String("pass", "", "be the pass: read the history of HEAD of this clone and nothing else")
	paths := flag.Int("parity", 0, "compare the last change of so many paths, drawn from the clones, with what git says")
	seed := flag.Int64("seed", 1, "of the draw")
	rounds := flag.Int("rounds", 5, "runs of each measurement, in turns with what it is measured beside; medians are shown")
	jobs := flag.Int("jobs", 0, "cores that the floor uses; 0 means all")
	file := flag.String("o", "", "write the page with the table to this file, too")
	flag.Parse()
	var err error
	switch {
	case *floor != "":
		err = parseAll(*floor, *jobs)
	case *history != "":
		err = pass(*history)
	case *paths > 0:
		err = parity(flag.Args(), *paths, *seed)
	default:
		err = run(flag.Args(), *rounds, *file)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(clones []string, rounds int, file string) (err error) {
	if len(clones) == 0 || rounds < 1 {
		return errors.New("name the clones to measure: go run ./internal/bench CLONE…")
	}
	dir, err := os.MkdirTemp("", "waymark-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	programs, err := build(dir)
	if err != nil {
		return err
	}
	b := &bench{programs: programs, rounds: rounds}
	b.measure(clones)
	to := []io.Writer{os.Stdout}
	if file != "" {
		f, err := os.Create(file)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		to = append(to, f)
	}
	return b.write(io.MultiWriter(to...))
}

// programs are the paths of what is measured.
type programs struct{ waymark, self, hello string }

// build compiles the program, this one, and the smallest one that Go can make.
func build(dir string) (programs, error) {
	p := programs{filepath.Join(dir, "waymark"), filepath.Join(dir, "bench"), filepath.Join(dir, "hello")}
	source := p.hello + ".go"
	if err := os.WriteFile(source, []byte("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n"), 0o644); err != nil {
		return p, err
	}
	for binary, pkg := range map[string]string{p.waymark: "./cmd/waymark", p.self: "./internal/bench", p.hello: source} {
		if out, err := exec.Command("go", "build", "-o", binary, pkg).CombinedOutput(); err != nil {
			return p, fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
	return p, nil
}
