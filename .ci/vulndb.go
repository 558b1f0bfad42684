// Command vulndb lays the files of Go's vulnerability database out as
// govulncheck reads them, so that the check needs a module proxy and nothing else.
// Layout: https://go.dev/doc/security/vuln/database#api
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

type entry struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
	Affected []struct {
		Package struct {
			Name string `json:"name"`
		} `json:"package"`
	} `json:"affected,omitempty"`
}

type module struct {
	Path  string  `json:"path"`
	Vulns []entry `json:"vulns"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: vulndb FOLDER-OF-OSV-FILES OUT")
		os.Exit(2)
	}
	if err := lay(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "vulndb:", err)
		os.Exit(1)
	}
}

func lay(from, to string) error {
	for _, folder := range []string{"ID", "index"} {
		if err := os.MkdirAll(filepath.Join(to, folder), 0o755); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(from, "GO-*.json"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s holds no vulnerabilities", from)
	}
	byPath := map[string]map[string]entry{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var e entry
		if err := json.Unmarshal(data, &e); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, a := range e.Affected {
			if byPath[a.Package.Name] == nil {
				byPath[a.Package.Name] = map[string]entry{}
			}
			byPath[a.Package.Name][e.ID] = entry{ID: e.ID, Modified: e.Modified}
		}
		if err := os.WriteFile(filepath.Join(to, "ID", filepath.Base(file)), data, 0o644); err != nil {
			return err
		}
	}
	return index(byPath, filepath.Join(to, "index"))
}

func index(byPath map[string]map[string]entry, folder string) error {
	var modules []module
	for path, found := range byPath {
		m := module{Path: path}
		for _, e := range found {
			m.Vulns = append(m.Vulns, e)
		}
		modules = append(modules, m)
	}
	for name, value := range map[string]any{"modules.json": modules, "db.json": struct {
		Modified time.Time `json:"modified"`
	}{time.Now().UTC()}} {
		data, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
