package cloudformation

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

const (
	// maxSettings and maxDepth bound the settings kept of one resource.
	maxSettings = 200
	maxDepth    = 12
	// maxSetting bounds the bytes kept of one setting: longer texts are
	// policies and scripts.
	maxSetting = 200
)

// settings are the scalars of a resource by dotted path: its properties under
// their own names, and its attributes (UpdatePolicy, DeletionPolicy).
func settings(resource syntax.Node) map[string]string {
	kept := map[string]string{}
	flatten(kept, resource.Get("Properties"), "", 0)
	for key, value := range resource.Pairs() {
		if name := key.Text(); name != "Type" && name != "Properties" && name != "Metadata" {
			flatten(kept, value, name, 0)
		}
	}
	return kept
}

// flatten keeps the scalars below a node; of lists the scalars together, and
// of the mappings in them the first one's.
func flatten(kept map[string]string, n syntax.Node, at string, depth int) {
	if depth > maxDepth {
		return
	}
	if text, ok := plain(n); ok {
		keep(kept, at, text)
		return
	}
	if texts := n.Texts(); n.IsList() && len(texts) > 0 {
		keep(kept, at, strings.Join(texts, " "))
	}
	for _, item := range n.Items() {
		if !item.IsScalar() {
			flatten(kept, item, at, depth+1)
		}
	}
	for key, value := range n.Pairs() {
		flatten(kept, value, strings.TrimPrefix(at+"."+key.Text(), "."), depth+1)
	}
}

func keep(kept map[string]string, at, text string) {
	if _, seen := kept[at]; seen || at == "" || len(kept) >= maxSettings || manifest.SecretName(path.Ext("."+at)) {
		return
	}
	if len(text) > maxSetting {
		text = ""
	}
	kept[at] = text
}

// plain is the text of a scalar, or of a function that stands for one: the
// short form is a tag, the long form a mapping of one key.
func plain(n syntax.Node) (string, bool) {
	if n.IsScalar() {
		return n.Text(), true
	}
	for key, value := range n.Pairs() {
		name := key.Text()
		return value.Text(), (name == "Ref" || strings.HasPrefix(name, "Fn::")) && value.IsScalar()
	}
	return "", false
}
