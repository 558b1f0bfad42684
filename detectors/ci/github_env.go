package ci

import (
	"maps"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// environment is what "env" blocks set.
type environment map[string]string

// variables joins blocks, the later ones stronger.
func variables(blocks ...syntax.Node) environment {
	env := environment{}
	for _, n := range blocks {
		maps.Copy(env, inputs(n))
	}
	return env
}

// and is the environment with one more block.
func (e environment) and(n syntax.Node) environment {
	if !n.IsMap() {
		return e
	}
	more := maps.Clone(e)
	if more == nil {
		more = environment{}
	}
	maps.Copy(more, inputs(n))
	return more
}

var (
	shellVariable = regex.New(`\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))`)
	ofCaller      = regex.New(`^\$\{\{ *(?:(?:github\.event\.)?inputs\.[\w-]+|matrix\.[\w.-]+) *\}\}$`)
	ofEnv         = regex.New(`\$\{\{ *env\.(\w+) *\}\}`)
)

// inputs puts an input or a value of the matrix in the place of a variable that
// only hands it on to the shell, as is advised against injection. All other variables stay as written.
func (e environment) inputs(line string) string {
	return shellVariable.ReplaceAllStringFunc(line, func(s string) string {
		m := shellVariable.FindStringSubmatch(s)
		if value := e[m[1]+m[2]]; ofCaller.MatchString(value) {
			return value
		}
		return s
	})
}

// folder puts known variables into the path of a folder.
func (e environment) folder(dir string) string {
	return ofEnv.ReplaceAllStringFunc(dir, func(s string) string {
		if value, ok := e[ofEnv.FindStringSubmatch(s)[1]]; ok {
			return value
		}
		return s
	})
}
