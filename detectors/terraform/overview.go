package terraform

import (
	"maps"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
)

// A repository is what all files together say about its folders.
type repository struct {
	// dirs are the folders with configuration, sorted.
	dirs    []string
	folders map[string]*folder
	// callers are the folders whose calls name a folder.
	callers map[string][]string
	units   map[string]TerragruntFile
	// inherited are the constraints that callers give, by folder and provider.
	inherited map[[2]string]string
}

// A folder is one folder of configuration.
type folder struct {
	files                     []File
	backend                   *Backend
	resources, helpers, calls int
	// local are the folders that calls name; empty where one cannot be told.
	local []string
}

func overview(p *detect.Pass) *repository {
	o := &repository{folders: map[string]*folder{}, callers: map[string][]string{}, units: units(p), inherited: map[[2]string]string{}}
	for _, f := range p.Findings(Files) {
		if v, ok := f.Value.(File); ok {
			m := o.folder(v.Dir)
			m.files = append(m.files, v)
		}
	}
	o.addBlocks(p)
	for _, f := range p.Findings(ModuleCalls) {
		if c, ok := f.Value.(ModuleCall); ok {
			o.call(c)
		}
	}
	for _, c := range unitCalls(p) {
		o.call(c.ModuleCall)
	}
	o.dirs = sortedKeys(o.folders)
	return o
}

// addBlocks adds what single blocks say: backends and resources.
func (o *repository) addBlocks(p *detect.Pass) {
	for _, f := range p.Findings(Backends) {
		if b, ok := f.Value.(Backend); ok && b.GeneratedBy == "" {
			o.folder(b.Dir).backend = &b
		}
	}
	for _, f := range p.Findings(Resources) {
		if r, ok := f.Value.(Resource); ok && !r.Data {
			m := o.folder(r.Dir)
			m.resources++
			if r.Helper() {
				m.helpers++
			}
		}
	}
}

func (o *repository) folder(dir string) *folder {
	m := o.folders[dir]
	if m == nil {
		m = &folder{}
		o.folders[dir] = m
	}
	return m
}

func (o *repository) call(c ModuleCall) {
	if m := o.folders[c.Dir]; m != nil && !c.Never {
		m.calls++
		if c.Kind == Local {
			m.local = append(m.local, c.Target)
		}
	}
	if c.Target != "" && c.Target != c.Dir && !slices.Contains(o.callers[c.Target], c.Dir) {
		o.callers[c.Target] = append(o.callers[c.Target], c.Dir)
	}
}

// unit is the Terragrunt unit or stack in a folder.
func (o *repository) unit(dir string) (TerragruntFile, bool) {
	for _, name := range []string{unitFile, stackFile} {
		if t, ok := o.units[path.Join(dir, name)]; ok && (t.Kind == Unit || t.Kind == Stack) {
			return t, true
		}
	}
	return TerragruntFile{}, false
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
