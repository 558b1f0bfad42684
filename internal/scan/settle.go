package scan

import (
	"context"
	"path"

	"github.com/waymark-dev/waymark/internal/detect"
)

// maxRounds bounds how often what came to life is asked for more.
const maxRounds = 10

// settle puts what was seen where contents say that it lies: folders whose names
// say that they are not live, and which something live applies, and folders of
// templates most of whose objects have names that are to be filled in. What comes
// to life is looked at, and may apply more.
func (w *worker) settle(ctx context.Context, routes *router, c *collector) error {
	for range maxRounds {
		was := w.repo.Tree
		tree := was.Told(c.told(w.repo))
		if tree == was {
			return nil
		}
		repo := *w.repo
		repo.Tree = tree
		w.repo = &repo
		c.place(tree)
		if err := w.files(ctx, unread(listWork(tree, routes), was), c); err != nil {
			return err
		}
	}
	return nil
}

// unread is the work that was not done while the tree was another one.
func unread(work []job, was *detect.Tree) []job {
	var left []job
	for _, j := range work {
		if !was.Place(j.path).Read() {
			left = append(left, j)
		}
	}
	return left
}

// told are the places that findings tell: what live ones apply is live.
func (c *collector) told(r *detect.Repo) map[string]detect.Place {
	places := c.bodies()
	for _, findings := range c.findings {
		for _, f := range findings {
			v, ok := f.Value.(detect.Reacher)
			if !ok || f.Place != detect.Live {
				continue
			}
			for _, p := range v.Reaches(r) {
				places[path.Clean(p)] = detect.Live
			}
		}
	}
	return places
}

// bodies are the folders of templates in which most things have names that are
// to be filled in: what is made of them lies elsewhere.
func (c *collector) bodies() map[string]detect.Place {
	blank, places := map[string]int{}, map[string]detect.Place{}
	for _, findings := range c.findings {
		for _, f := range findings {
			if v, ok := f.Value.(detect.Stencil); ok {
				if v.Blank() {
					blank[detect.BodyOf(f.At.Path)]++
				} else {
					blank[detect.BodyOf(f.At.Path)]--
				}
			}
		}
	}
	for folder, more := range blank {
		if folder != "" && more > 0 {
			places[folder] = detect.Template
		}
	}
	return places
}

// place puts the findings where they lie in a tree.
func (c *collector) place(t *detect.Tree) {
	for _, findings := range c.findings {
		for i := range findings {
			findings[i].Place = t.Place(findings[i].At.Path)
		}
	}
}
