package syntax

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

var (
	errTooMuch = fmt.Errorf("holds too much to be read: the limit is %d nodes", maxNodes)
	errAliases = errors.New("holds aliases that make far more of it than is written")
	errLoop    = errors.New("holds an alias inside what it stands for")
)

// bounded says why a document must not be walked: it is too deep, an alias
// holds itself, or aliases make it explode.
func bounded(root *yaml.Node) error {
	w := weigher{weight: map[*yaml.Node]int{}}
	expanded, err := w.weigh(root, 0)
	if err == nil && expanded > max(10*w.written, maxNodes/6) {
		return errAliases
	}
	return err
}

// A weigher counts nodes as if each alias were what it stands for.
type weigher struct {
	written int
	// weight is that of each node with an anchor; 0 while it is being weighed.
	weight map[*yaml.Node]int
}

const heaviest = 1 << 30

func (w *weigher) weigh(y *yaml.Node, depth int) (int, error) {
	if depth > maxDepth {
		return 0, errNested
	}
	if y.Kind == yaml.AliasNode {
		weight, ok := w.weight[y.Alias]
		if !ok || weight == 0 {
			return 0, errLoop
		}
		return weight, nil
	}
	if y.Anchor != "" {
		w.weight[y] = 0
	}
	w.written++
	sum := 1
	for _, c := range y.Content {
		weight, err := w.weigh(c, depth+1)
		if err != nil {
			return 0, err
		}
		sum = min(sum+weight, heaviest)
	}
	if y.Anchor != "" {
		w.weight[y] = sum
	}
	return sum, nil
}
