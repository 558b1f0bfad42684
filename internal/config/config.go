// Package config reads the configuration file of a repository. It reports
// everything that is wrong with the file at once, each thing where it stands.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Names are the places of the configuration file in a repository; the first
// that exists counts.
var Names = []string{".waymark.yaml", ".github/waymark.yaml"}

// A Config is what a repository says about itself.
type Config struct {
	// Roles are the roles of the repository, in place of those inferred.
	Roles []string
	// ComponentRoles are the roles of single components, by their folder.
	ComponentRoles map[string][]string
	// Components are folders that are judged by themselves although nothing
	// shows that they are built or released so.
	Components []string
	// Exclude are doublestar patterns, from the root, of what is not read.
	Exclude []string
}

// Roles are the roles that a repository or component can have.
var Roles = []string{"service", "infrastructure", "gitops", "platform", "library", "docs"}

// An Error is one thing that is wrong with a configuration file. Line and
// Column count from one.
type Error struct {
	Path         string
	Line, Column int
	Message      string
}

// Error is "path:line:column: message".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// Parse reads a configuration file, named by path in the errors. Its error
// joins an *Error for each thing that is wrong; errors.As finds the first.
func Parse(path string, data []byte) (Config, error) {
	p := parser{path: path}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return Config{}, nil
	} else if err != nil {
		return Config{}, p.syntax(err)
	}
	p.root(document.Content[0])
	var more yaml.Node
	if err := decoder.Decode(&more); err == nil {
		p.fail(&more, "a second document starts here: a configuration file holds one")
	} else if !errors.Is(err, io.EOF) {
		p.errs = append(p.errs, p.syntax(err))
	}
	return p.config, errors.Join(p.errs...)
}

// atLine is how the YAML parser begins its messages.
var atLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax gives the YAML parser's error its place.
func (p *parser) syntax(err error) error {
	line := 1
	if found := atLine.FindStringSubmatch(err.Error()); found != nil && found[1] != "" {
		line, _ = strconv.Atoi(found[1])
	}
	return &Error{p.path, line, 1, "this is not valid YAML: " + atLine.ReplaceAllString(err.Error(), "")}
}
