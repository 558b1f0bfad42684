package ownership

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// folderOwners reads the OWNERS file of a folder: Kubernetes' YAML with
// approvers and reviewers, else one owner a line as Chromium writes them.
// Sources: https://www.kubernetes.dev/docs/guide/owners/
// and https://chromium.googlesource.com/chromium/src/+/HEAD/docs/code_reviews.md#OWNERS-files
func folderOwners(f *detect.File) []Rule {
	if docs, err := syntax.YAML.Of(f); err == nil && len(docs) > 0 && docs[0].IsMap() {
		return yamlOwners(docs[0])
	}
	var rules []Rule
	for i, line := range strings.Split(string(f.Data), "\n") {
		words := wordsOf(line)
		if len(words) == 0 || words[0] == "set" || strings.HasPrefix(words[0], "file:") {
			continue
		}
		pattern := "**"
		if words[0] == "per-file" && len(words) > 1 {
			pattern, _, _ = strings.Cut(words[1], "=")
		}
		if owners := ownersOf(words); len(owners) > 0 {
			rules = append(rules, Rule{Pattern: pattern, Owners: owners, Line: i + 1})
		}
	}
	return rules
}

func yamlOwners(doc syntax.Node) []Rule {
	var rules []Rule
	if owners := namesIn(doc); len(owners) > 0 {
		rules = append(rules, Rule{Pattern: "**", Owners: owners, Line: doc.Line()})
	}
	for pattern, filter := range doc.Get("filters").Pairs() {
		if owners := namesIn(filter); len(owners) > 0 {
			rules = append(rules, Rule{Pattern: pattern.Text(), Owners: owners, Line: pattern.Line()})
		}
	}
	return rules
}

func namesIn(n syntax.Node) []string {
	var names []string
	for _, key := range []string{"approvers", "reviewers", "maintainers"} {
		for _, name := range n.Get(key).Texts() {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// handle is a person as lists of maintainers name them: a login, a profile, an
// address.
var handle = regex.New(`(?:^|[\s(\[|<,*])(@[A-Za-z0-9][\w-]*(?:/[\w-]+)?)|github\.com/([A-Za-z0-9][\w-]*)(?:[)>\s|]|$)|([\w.+-]+@[\w-]+\.[\w.-]+)`)

// maintainers reads a list of maintainers. In the kernel's form "M:" names a
// person and "F:" what is theirs.
func maintainers(f *detect.File) []Rule {
	if ext := path.Ext(f.Path); ext == ".yaml" || ext == ".yml" {
		return yamlMaintainers(f)
	}
	var rules []Rule
	for i, line := range strings.Split(string(f.Data), "\n") {
		if owners := handlesIn(line); len(owners) > 0 {
			rules = append(rules, Rule{Pattern: "**", Owners: owners, Line: i + 1})
		} else if pattern, ok := strings.CutPrefix(line, "F:"); ok && len(rules) > 0 {
			rules[len(rules)-1].Pattern = strings.TrimSpace(pattern)
		}
	}
	return rules
}

func handlesIn(line string) []string {
	var owners []string
	for _, m := range handle.FindAllStringSubmatch(line, -1) {
		switch {
		case m[1] != "":
			owners = append(owners, m[1])
		case m[2] != "":
			owners = append(owners, "@"+m[2])
		default:
			owners = append(owners, mail)
		}
	}
	slices.Sort(owners)
	return slices.Compact(owners)
}

// yamlMaintainers reads a list of maintainers in YAML: scalars, or mappings
// with a login.
func yamlMaintainers(f *detect.File) []Rule {
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 {
		return nil
	}
	list := docs[0]
	if list.IsMap() {
		list = list.Get("maintainers")
	}
	var rules []Rule
	for _, person := range list.List() {
		name := person.Text()
		for _, key := range []string{"github", "handle", "login", "username", "name"} {
			if name == "" {
				name = person.Get(key).Text()
			}
		}
		if strings.Contains(strings.TrimPrefix(name, "@"), "@") {
			name = mail
		}
		if name != "" {
			rules = append(rules, Rule{Pattern: "**", Owners: []string{name}, Line: person.Line()})
		}
	}
	return rules
}
