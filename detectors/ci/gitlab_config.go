package ci

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// layers are mappings that lie above each other, the weakest first: what a
// file includes lies below it, what a job extends lies below the job. Mappings
// in the same place are merged, anything else is replaced.
type layers []syntax.Node

// get are the layers of a key.
func (l layers) get(key string) layers {
	var found layers
	for i := len(l) - 1; i >= 0; i-- {
		n := l[i].Get(key)
		if !n.Exists() {
			continue
		}
		if len(found) > 0 && !n.IsMap() {
			break
		}
		found = append(found, n)
		if !n.IsMap() {
			break
		}
	}
	slices.Reverse(found)
	return found
}

// top is the strongest layer; the zero Node where there is none.
func (l layers) top() syntax.Node {
	if len(l) == 0 {
		return syntax.Node{}
	}
	return l[len(l)-1]
}

// at is the value of a route of keys.
func (l layers) at(route ...string) syntax.Node {
	for _, key := range route {
		l = l.get(key)
	}
	return l.top()
}

// A gitlabConfig is a pipeline's file with all that it includes from here.
type gitlabConfig struct {
	layers
	repo  *detect.Repo
	files map[string]GitLabFile
	// own holds the layers of each key of the files, names the keys in their
	// order, and places where the strongest of them stands.
	own    map[string]layers
	names  []string
	places map[string]syntax.Node
	// inherited holds the layers of jobs whose "extends" was followed.
	inherited map[string]layers
	// visits counts the items of lists that were looked at.
	visits int
}

// index notes the layers of each key, so that none is searched for twice.
func (c *gitlabConfig) index() {
	c.own, c.places, c.inherited = map[string]layers{}, map[string]syntax.Node{}, map[string]layers{}
	for _, n := range c.layers {
		for k, v := range n.Pairs() {
			name := k.Text()
			if _, ok := c.own[name]; !ok {
				c.names = append(c.names, name)
			}
			if !v.IsMap() || !c.own[name].top().IsMap() {
				c.own[name] = nil
			}
			c.own[name] = append(c.own[name], v)
			c.places[name] = k
		}
	}
}

// maxExtends is how far "extends" and "!reference" are followed.
// Source: https://docs.gitlab.com/ci/yaml/#extends
const maxExtends = 11

// job are the layers of a job: what it extends, then its own.
func (c *gitlabConfig) job(name string) layers { return c.extended(name, 0) }

func (c *gitlabConfig) extended(name string, depth int) layers {
	if known, ok := c.inherited[name]; ok {
		return known
	}
	own := c.own[name]
	if depth == maxExtends {
		return own
	}
	var all layers
	for _, parent := range own.at("extends").Texts() {
		if parent != name {
			all = append(all, c.extended(parent, depth+1)...)
		}
	}
	all = append(all, own...)
	if len(all) > maxLayers {
		all = all[len(all)-maxLayers:]
	}
	c.inherited[name] = all
	return all
}

// maxLayers bounds how much one job inherits.
const maxLayers = 200

// missing are the names that a job extends and no file here defines.
func (c *gitlabConfig) missing(name string) []string {
	var names []string
	for _, parent := range c.own[name].at("extends").Texts() {
		if len(c.own[parent]) == 0 {
			names = append(names, parent)
		}
	}
	return names
}

// list are the items of a list; nested lists and references are put in place.
func (c *gitlabConfig) list(n syntax.Node) []syntax.Node { return c.flattened(n, 0) }

func (c *gitlabConfig) flattened(n syntax.Node, depth int) []syntax.Node {
	c.visits++
	if depth > maxExtends || c.visits > maxVisits {
		return nil
	}
	if n.Tag() == "!reference" {
		return c.flattened(c.referred(n), depth+1)
	}
	if !n.IsList() {
		return n.List()
	}
	var all []syntax.Node
	for _, item := range n.Items() {
		if len(all) > maxItems {
			break
		}
		if item.IsList() || item.Tag() == "!reference" {
			all = append(all, c.flattened(item, depth+1)...)
			continue
		}
		all = append(all, item)
	}
	return all
}

// maxItems bounds the items of one list with all that it refers to, maxVisits
// those of all lists of a pipeline.
const (
	maxItems  = 2000
	maxVisits = 200_000
)

// referred is what "!reference [job, key]" names.
func (c *gitlabConfig) referred(n syntax.Node) syntax.Node {
	route := n.Texts()
	if len(route) == 0 {
		return syntax.Node{}
	}
	return c.job(route[0]).at(route[1:]...)
}
