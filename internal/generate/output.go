package main

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// An output is a generated file.
type output struct {
	path string
	data []byte
}

// write writes the file, whole or not at all, where it differs.
func (o output) write(root string) error {
	path := filepath.Join(root, o.path)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, o.data) {
		return nil
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".generate-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if _, err := draft.Write(o.data); err != nil {
		return err
	}
	if err := draft.Close(); err != nil {
		return err
	}
	if err := os.Chmod(draft.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// generate makes all files.
func generate(families []family) ([]output, error) {
	var files []output
	add := func(path string, t *template.Template, data any) error {
		var b bytes.Buffer
		if err := t.Execute(&b, data); err != nil {
			return err
		}
		text := b.Bytes()
		if strings.HasSuffix(path, ".go") {
			formatted, err := format.Source(text)
			if err != nil {
				return err
			}
			text = formatted
		}
		files = append(files, output{path, text})
		return nil
	}
	for _, f := range families {
		if err := add(f.Name+"/all_generated.go", listTemplate, f); err != nil {
			return nil, err
		}
		if err := add(f.Name+"/pages_generated_test.go", testTemplate, f); err != nil {
			return nil, err
		}
	}
	if err := add("detectors.go", allTemplate, families); err != nil {
		return nil, err
	}
	return files, add("README.md", indexTemplate, families)
}
