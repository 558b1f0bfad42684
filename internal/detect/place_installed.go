package detect

import (
	"path"
	"slices"
	"strings"
)

// ownRepository are what a role has that was a repository of its own before it
// was put among the roles of another one.
var ownRepository = []string{"meta/.galaxy_install_info", ".travis.yml", "LICENSE", "LICENSE.md", "LICENSE.txt"}

var licences = []string{"LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING"}

// unpacked says whether a name is that of an unpacked release:
// "kubespray-2.19.0".
func unpacked(name string) bool {
	at := strings.LastIndexByte(name, '-')
	if at < 1 {
		return false
	}
	parts := strings.Split(strings.TrimPrefix(name[at+1:], "v"), ".")
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return p == "" || strings.Trim(p, "0123456789") != "" })
}

// installed says whether a package manager put a folder there: a role of Ansible
// Galaxy, which has the name "namespace.role", or a package of Python beside its
// record "package-1.0.dist-info". The archive of a release that was unpacked has
// the version in its name, and a licence of its own.
// Source: https://docs.ansible.com/ansible/latest/galaxy/user_guide.html and
// https://packaging.python.org/en/latest/specifications/recording-installed-packages/
func (t *Tree) installed(folder string) bool {
	parent, name := path.Dir(folder), path.Base(folder)
	if path.Base(parent) == "roles" && strings.Contains(strings.Trim(name, "."), ".") {
		return slices.ContainsFunc(ownRepository, func(part string) bool { return t.exists(folder + "/" + part) })
	}
	if unpacked(name) {
		return slices.ContainsFunc(licences, func(part string) bool { return t.exists(folder + "/" + part) })
	}
	return t.recorded[parent]
}
