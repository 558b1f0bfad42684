// Command generate writes what lists the detectors: for each family its list
// and the test of its pages, then the list of all and the index for people. It
// parses the sources and does not build them, so that a family which does not
// compile holds up no other. It is run in the folder of the families.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	families, err := readFamilies(root)
	if err != nil {
		return err
	}
	if len(families) == 0 {
		return errors.New("no family of detectors lies here: run go generate ./detectors")
	}
	files, err := generate(families)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := f.write(root); err != nil {
			return err
		}
	}
	return nil
}
