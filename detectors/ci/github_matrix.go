package ci

import (
	"maps"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// A combination is one of those that a matrix makes: values by their names, with
// points for what lies within ("module.path").
type combination map[string]string

// maxCombinations bounds those of one matrix; the text of a step that would run
// in more is left as it is written.
const maxCombinations = 32

// combinations are those of a matrix whose lists are written down; what is
// worked out as it runs has no values.
// Source: https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
func combinations(matrix syntax.Node) []combination {
	var all []combination
	for key, list := range matrix.Pairs() {
		name := key.Text()
		if name == "include" || name == "exclude" || !list.IsList() {
			continue
		}
		if all = product(all, name, list.Items()); len(all) > maxCombinations {
			return nil
		}
	}
	all = slices.DeleteFunc(all, func(c combination) bool {
		return slices.ContainsFunc(matrix.Get("exclude").Items(), func(n syntax.Node) bool { return c.has(valuesOf("", n, 0)) })
	})
	return included(all, matrix.Get("include").Items())
}

// product is each combination with each of the values of one more list.
func product(all []combination, name string, items []syntax.Node) []combination {
	if len(all) == 0 {
		all = []combination{{}}
	}
	var more []combination
	for _, c := range all {
		for _, item := range items[:min(len(items), maxCombinations+1)] {
			one := maps.Clone(c)
			maps.Copy(one, valuesOf(name, item, 0))
			more = append(more, one)
		}
	}
	return more
}

// included adds entries to the combinations that they do not contradict; those
// that fit none are combinations of their own.
func included(all []combination, entries []syntax.Node) []combination {
	original := all
	all = make([]combination, len(original))
	for i := range original {
		all[i] = maps.Clone(original[i])
	}
	for _, entry := range entries[:min(len(entries), maxCombinations)] {
		extra, fits := valuesOf("", entry, 0), false
		for i := range original {
			if original[i].agrees(extra) {
				maps.Copy(all[i], extra)
				fits = true
			}
		}
		if !fits {
			all = append(all, extra)
		}
	}
	return all
}

// valuesOf are the scalars below a node by their names.
func valuesOf(name string, n syntax.Node, depth int) combination {
	if n.IsScalar() && name != "" {
		return combination{name: n.Text()}
	}
	all := combination{}
	for key, value := range n.Pairs() {
		if depth < 4 {
			maps.Copy(all, valuesOf(strings.TrimPrefix(name+"."+key.Text(), "."), value, depth+1))
		}
	}
	return all
}

func (c combination) has(values combination) bool {
	for name, value := range values {
		if c[name] != value {
			return false
		}
	}
	return len(values) > 0
}

func (c combination) agrees(values combination) bool {
	for name, value := range values {
		if own, ok := c[name]; ok && own != value {
			return false
		}
	}
	return true
}

var ofMatrix = regex.New(`\$\{\{ *matrix\.([\w.-]+) *\}\}`)

// put gives a text the values of the combination; names without one stay.
func (c combination) put(text string) string {
	return ofMatrix.ReplaceAllStringFunc(text, func(s string) string {
		if value, ok := c[ofMatrix.FindStringSubmatch(s)[1]]; ok {
			return value
		}
		return s
	})
}

// runsIn leaves of combinations one for each set of the values that a step is
// made of, so that it is not told twice; one without values where it names none.
func runsIn(all []combination, step syntax.Node, env environment, dir string) []combination {
	texts := decisive(step, env, dir)
	seen := map[string]bool{}
	var found []combination
	for _, c := range all {
		if text := c.put(texts); text != texts && !seen[text] {
			seen[text] = true
			found = append(found, c)
		}
	}
	if len(found) == 0 || len(found) > maxCombinations {
		return []combination{nil}
	}
	return found
}

// decisive are the texts that decide what a step runs and where: not those that
// only choose the version of something that is set up.
func decisive(step syntax.Node, env environment, dir string) string {
	texts := []string{step.Get("run").Text(), step.Get("working-directory").Text(), dir}
	for name, value := range step.Get("with").Pairs() {
		if !strings.Contains(name.Text(), "version") {
			texts = append(texts, value.Text())
		}
	}
	ran := strings.Join(texts, "\n")
	for _, m := range shellVariable.FindAllStringSubmatch(ran, -1) {
		texts = append(texts, env.and(step.Get("env"))[m[1]+m[2]])
	}
	return strings.Join(texts, "\n")
}

// set puts the values of the combination into a step's folder and inputs.
func (c combination) set(step *wiring.Step) {
	if len(c) == 0 {
		return
	}
	step.Dir = c.put(step.Dir)
	if step.Uses != nil {
		for name, value := range step.Uses.With {
			step.Uses.With[name] = c.put(value)
		}
	}
}
