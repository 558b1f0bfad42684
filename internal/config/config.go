// Package config reads the configuration file of a repository. It reports
// everything that is wrong with the file at once, each thing where it stands.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/waymark-dev/waymark/internal/regex"
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
	// Criteria are the criteria that are switched off or weigh otherwise, by id.
	Criteria map[string]Criterion
	// Thresholds are the shares that decide, where they are set.
	Thresholds Thresholds
	// Answers are what people say where files cannot.
	Answers []Answer
	// Suppressions are gaps that are not to be shown.
	Suppressions []Suppression
	// Checks are the organisation's own.
	Checks []Check
}

// A Criterion is what is set of one criterion.
type Criterion struct {
	Off bool
	// Weight is "1", "2" or "core"; empty where it is as it was.
	Weight string
}

// A Fraction is a part of a whole; the zero value is none that is set.
type Fraction struct{ Part, Whole int }

// Thresholds are the shares that decide about outcomes and stages.
type Thresholds struct {
	// Held is the share of a stage's weight from which it is held, Applies the
	// share that must apply to judge it, and Tolerated the share of subjects of
	// a criterion that may fall short where it is met.
	Held, Applies, Tolerated Fraction
}

// An Answer is what a person says about a criterion.
type Answer struct {
	// ID is that of a criterion, or of what no repository can show.
	ID   string
	Yes  bool
	By   string
	When time.Time
	// Link is where the reader finds more; may be empty.
	Link string
	// Until is the last day on which the answer counts; zero for no end.
	Until time.Time
	At    Place
}

// A Suppression keeps gaps from being shown.
type Suppression struct {
	// Rule is the id of a check, in which * stands for any part of a name.
	Rule string
	// Path is a doublestar pattern of the files.
	Path   string
	Reason string
	// Until is the last day on which it counts; zero for no end.
	Until time.Time
	At    Place
}

// A Check is one of the organisation's own. One of Exists, Absent, Seen and
// Unseen is set.
type Check struct {
	ID, Criterion, Title, Why, Fix, Level string
	// Exists and Absent are patterns of paths that must, or must not, be there.
	Exists, Absent string
	// Seen and Unseen are ids of detectors that must, or must not, see something
	// live; with Strength only where it is that strong.
	Seen, Unseen string
	Strength     string
	At           Place
}

// A Place is where in which file something is configured.
type Place struct {
	Path string
	Line int
}

// Roles are the roles that a repository or component can have.
var Roles = []string{"service", "infrastructure", "gitops", "platform", "library", "docs"}

// Known are the ids that a configuration may name. A kind of which none are
// known is not looked at.
type Known struct {
	Criteria, Questions, Checks, Detectors []string
}

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

// Parse reads a configuration file, named by path in the errors, without the
// files that it extends. Its error joins an *Error for each thing that is
// wrong; errors.As finds the first.
func Parse(path string, data []byte, known Known) (Config, error) {
	p := &parser{path: path, known: known}
	err := p.parse(data)
	return p.config, err
}

func (p *parser) parse(data []byte) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return p.syntax(err)
	}
	p.root(document.Content[0])
	var more yaml.Node
	if err := decoder.Decode(&more); err == nil {
		p.fail(&more, "a second document starts here: a configuration file holds one")
	} else if !errors.Is(err, io.EOF) {
		p.errs = append(p.errs, p.syntax(err))
	}
	return errors.Join(p.errs...)
}

// atLine is how the YAML parser begins its messages.
var atLine = regex.New(`^yaml: (?:line (\d+): )?`)

// syntax gives the YAML parser's error its place.
func (p *parser) syntax(err error) error {
	line := 1
	if found := atLine.FindStringSubmatch(err.Error()); found != nil && found[1] != "" {
		line, _ = strconv.Atoi(found[1])
	}
	return &Error{p.path, line, 1, "this is not valid YAML: " + atLine.ReplaceAllString(err.Error(), "")}
}
