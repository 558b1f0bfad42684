package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"
)

// parseAll is the floor: list a tree, read and parse once each configuration
// and document file, on all cores.
func parseAll(root string, jobs int) error {
	if jobs == 0 {
		jobs = runtime.NumCPU()
	}
	var g errgroup.Group
	g.SetLimit(jobs)
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == ".git" {
			if err == nil {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() {
			g.Go(func() error { return parseOne(p) })
		}
		return nil
	})
	return errors.Join(err, g.Wait())
}

// parseOne reads a file and parses it as what its name says; what does not
// parse is passed over, as a scan passes over it.
func parseOne(p string) error {
	switch strings.ToLower(filepath.Ext(p)) {
	case ".yaml", ".yml":
		return withData(p, func(data []byte) {
			d := yaml.NewDecoder(bytes.NewReader(data))
			for {
				var n yaml.Node
				if err := d.Decode(&n); err != nil {
					return
				}
			}
		})
	case ".json":
		return withData(p, func(data []byte) {
			d := json.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := d.Token(); err != nil {
					return
				}
			}
		})
	case ".tf", ".hcl", ".tfvars":
		return withData(p, func(data []byte) { _, _ = hclsyntax.ParseConfig(data, p, hcl.InitialPos) })
	case ".md", ".rst", ".adoc", ".mdx", ".toml", ".cfg", ".ini", ".sh", "":
		return withData(p, func([]byte) {})
	}
	return nil
}

// maxSize is the size from which a scan would not read a file either.
const maxSize = 8 << 20

func withData(p string, parse func([]byte)) error {
	f, err := os.Open(p)
	if err != nil {
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize))
	if err == nil {
		parse(data)
	}
	return nil
}
