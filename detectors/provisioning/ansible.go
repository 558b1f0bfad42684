package provisioning

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/environment"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// isPlaybook leaves out the scenarios that test roles.
func isPlaybook(p string) bool { return isYAML(p) && !strings.Contains("/"+p, "/molecule/") }

// plays are the keys of which a play has one beside its hosts, and those that
// import other playbooks.
// Source: https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html
var (
	plays   = []string{"tasks", "roles", "pre_tasks", "post_tasks", "handlers"}
	imports = []string{"import_playbook", "ansible.builtin.import_playbook"}
)

func readPlaybook(_ *detect.Tree, f *detect.File) ([]placed, error) {
	if !f.Contains("hosts:") && !f.Contains("import_playbook:") {
		return nil, nil
	}
	docs, err := syntax.YAML.Of(f)
	if err != nil && firstPlay.Match(f.Data) {
		return nil, err
	}
	if err != nil || len(docs) == 0 {
		return nil, nil
	}
	found := 0
	for _, item := range docs[0].Items() {
		if !item.IsMap() {
			return nil, nil
		}
		if isPlay(item) {
			found++
		}
	}
	if found == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "ansible", Kind: "playbook", Resources: found}), nil
}

// firstPlay matches the start of a play, to tell an unreadable playbook from an
// unreadable file of another format.
var firstPlay = regex.New(`(?m)^-\s+(hosts|import_playbook):`)

func isPlay(item syntax.Node) bool {
	has := func(key string) bool { return item.Get(key).Text() != "" }
	acts := func(key string) bool {
		return key == "roles" && count(item.Get(key)) > 0 || doesSomething(item.Get(key))
	}
	return item.Get("hosts").Exists() && slices.ContainsFunc(plays, acts) || slices.ContainsFunc(imports, has)
}

// idle are the modules that change nothing on a host, and the keys of a task
// that name none.
// Source: https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html#task
var idle = []string{"name", "debug", "ping", "assert", "fail", "set_fact", "pause", "when", "tags", "vars", "register", "run_once", "delegate_to", "become", "changed_when", "ignore_errors"}

// doesSomething says whether a task of a list does more than speak.
func doesSomething(tasks syntax.Node) bool {
	for _, task := range tasks.Items() {
		for key := range task.Pairs() {
			if !slices.Contains(idle, strings.TrimPrefix(key.Text(), "ansible.builtin.")) {
				return true
			}
		}
	}
	return false
}

// isRole says whether a path is that of the tasks of a role.
func isRole(p string) bool {
	return named(p, "main.yml", "main.yaml") && path.Base(path.Dir(p)) == "tasks"
}

// readRole reads the tasks of a role, told by its place below a folder of roles
// or by its meta data.
func readRole(t *detect.Tree, f *detect.File) ([]placed, error) {
	dir := path.Dir(path.Dir(f.Path))
	_, yml := t.File(path.Join(dir, "meta/main.yml"))
	_, yaml := t.File(path.Join(dir, "meta/main.yaml"))
	if !yml && !yaml && !strings.Contains("/"+dir, "/roles/") {
		return nil, nil
	}
	docs, err := syntax.YAML.Of(f)
	if err != nil || len(docs) == 0 || !doesSomething(docs[0]) {
		return nil, err
	}
	p := Project{Tool: "ansible", Kind: "role", Dir: dir, Resources: count(docs[0])}
	return []placed{{p, f.Path, f.Whole()}}, nil
}

func isRequirements(p string) bool { return named(p, "requirements.yml", "requirements.yaml") }

func readRequirements(_ *detect.Tree, f *detect.File) ([]placed, error) {
	found, err := requirements(f)
	if len(found) == 0 {
		return nil, err
	}
	return whole(f, Project{Tool: "ansible", Kind: "requirements", Resources: len(found)}), nil
}

// isInventory takes what may be an inventory, by its name or its folder.
func isInventory(p string) bool {
	if slices.Contains([]string{"group_vars", "host_vars"}, path.Base(path.Dir(p))) {
		return false
	}
	if named(p, "hosts", "inventory", "hosts.ini", "inventory.ini", "hosts.yml", "hosts.yaml", "inventory.yml", "inventory.yaml") {
		return true
	}
	in := slices.ContainsFunc(strings.Split(path.Dir(p), "/"), func(s string) bool { return s == "inventory" || s == "inventories" })
	return in && (path.Ext(p) == "" || path.Ext(p) == ".ini" || isYAML(p))
}

// readInventory reads an inventory: groups of hosts in INI or YAML, or the
// settings of a plug-in that asks a cloud for them.
// Source: https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
func readInventory(_ *detect.Tree, f *detect.File) ([]placed, error) {
	groups := 0
	if isYAML(f.Path) {
		docs, err := syntax.YAML.Of(f)
		if err != nil || len(docs) == 0 {
			return nil, nil
		}
		groups = groupsIn(docs[0])
	} else {
		groups = sections(f.Data)
	}
	if groups == 0 {
		return nil, nil
	}
	return whole(f, Project{Tool: "ansible", Kind: "inventory", Environment: inventoryOf(f.Path), Resources: groups}), nil
}

// inventoryOf is the environment that an inventory is for: told by its name or
// folder, or the folder itself where that lies below inventories.
func inventoryOf(p string) string {
	dir := path.Dir(p)
	if name, ok := environment.In(environment.Of(dir, bare(p))); ok {
		return name
	}
	if path.Base(path.Dir(dir)) == "inventories" {
		return path.Base(dir)
	}
	return ""
}

// inventoryKeys are what a group of a YAML inventory may hold.
var inventoryKeys = []string{"hosts", "children", "vars"}

func groupsIn(doc syntax.Node) int {
	if plugin := doc.Get("plugin").Text(); plugin != "" {
		return 1
	}
	groups := 0
	for _, group := range doc.Pairs() {
		for key := range group.Pairs() {
			if !slices.Contains(inventoryKeys, key.Text()) {
				return 0
			}
			groups++
		}
	}
	return groups
}

// sections counts the groups of an inventory in INI; none in a file that is
// not one, as a list of hosts without any.
func sections(data []byte) int {
	groups := 0
	for i, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		switch {
		case i == 0 && bytes.HasPrefix(line, []byte("#!")) || bytes.IndexByte(line, 0) >= 0:
			return 0
		case len(line) > 2 && line[0] == '[' && line[len(line)-1] == ']':
			groups++
		}
	}
	return groups
}

func isAnsibleConfig(p string) bool { return named(p, "ansible.cfg") }

// readAnsibleConfig reads where the inventory lies, where that is a script or
// program, which no other reader takes.
func readAnsibleConfig(t *detect.Tree, f *detect.File) ([]placed, error) {
	for i, line := range strings.Split(string(f.Data), "\n") {
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.TrimSpace(key) != "inventory" {
			continue
		}
		p := path.Join(path.Dir(f.Path), strings.TrimSpace(value))
		if e, ok := t.File(p); ok && e.Mode == detect.Executable {
			return []placed{{Project{Tool: "ansible", Kind: "inventory", Dir: path.Dir(p)}, p, f.Line(i + 1)}}, nil
		}
	}
	return nil, nil
}

// isVariables takes the variables of groups of hosts.
func isVariables(p string) bool {
	return isYAML(p) && (path.Base(path.Dir(p)) == "group_vars" || path.Base(path.Dir(path.Dir(p))) == "group_vars")
}

// readVariables reads the variables of a group that bears the name of an
// environment.
func readVariables(_ *detect.Tree, f *detect.File) ([]placed, error) {
	group := bare(f.Path)
	if path.Base(path.Dir(f.Path)) != "group_vars" {
		group = path.Base(path.Dir(f.Path))
	}
	name, ok := environment.In(group)
	if !ok {
		return nil, nil
	}
	if docs, err := syntax.YAML.Of(f); err == nil && (len(docs) == 0 || count(docs[0]) == 0) {
		return nil, nil
	}
	return whole(f, Project{Tool: "ansible", Kind: "variables", Environment: name}), nil
}
