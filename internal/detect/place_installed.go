package detect

import (
	"path"
	"slices"
	"strings"
)

// ownRepository are what a role has that was a repository of its own before it
// was put among the roles of another one.
var ownRepository = []string{"meta/.galaxy_install_info", ".travis.yml", "LICENSE", "LICENSE.md", "LICENSE.txt"}

// installed says whether a package manager put a folder there: a role of Ansible
// Galaxy, which has the name "namespace.role", or a package of Python beside its
// record "package-1.0.dist-info".
// Source: https://docs.ansible.com/ansible/latest/galaxy/user_guide.html and
// https://packaging.python.org/en/latest/specifications/recording-installed-packages/
func (t *Tree) installed(folder string) bool {
	parent, name := path.Dir(folder), path.Base(folder)
	if path.Base(parent) == "roles" && strings.Contains(strings.Trim(name, "."), ".") {
		return slices.ContainsFunc(ownRepository, func(part string) bool { return t.exists(folder + "/" + part) })
	}
	return t.recorded[parent]
}
