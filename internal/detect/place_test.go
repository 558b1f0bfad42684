package detect

import "testing"

func TestPlace(t *testing.T) {
	// Each group is the tree of one repository.
	for name, group := range map[string]map[string]Place{
		"folders": {
			"main.tf": Live, "docs/examples/a.tf": Example, "Examples/a.tf": Example, "charts/web/demo/a.yaml": Example, "config/samples/x.yaml": Example,
			"pkg/testdata/a.yaml": Test, "tests/a.yaml": Test, "Orders.Tests/a.cs": Test, "smoke-tests/a.py": Test, "testResources/a.groovy": Test, "ui/__snapshots__/a.snap": Test,
			"vendor/x/examples/a.tf": Vendored, "layer/python/six-1.0.dist-info/RECORD": Vendored, "layer/python/boto/data/a.json": Vendored, "roles/acme.web/meta/.galaxy_install_info": Vendored, "roles/acme.web/README.md": Vendored, "roles/our.web/tasks/main.yml": Live, "k8s/spray-2.19.0/LICENSE": Vendored, "k8s/spray-2.19.0/main.tf": Vendored, "releases/web-1.2/a.yaml": Live, "web/node_modules/p/test/a.js": Vendored, "examples/node_modules/a.js": Vendored, ".terraform/modules/a.tf": Vendored, "out/cdk.out/a.json": Generated,
			"tests/examples/a.tf": Test, "latest/a.yaml": Live, "contests/a.yaml": Live, "attest/a.yaml": Live, "examples.md": Live, "envs/dev-example/a.yml": Example, "demonstrate/a.yaml": Live,
		},
		"shelved": {".archive/2026/dashboard.json": Shelved, "argocd/_disabled/app.yaml": Shelved, "apps/web.disabled/values.yaml": Shelved, "modules/archive/main.tf": Live, "examples/.old/a.tf": Example},
		"environments": {
			"env/test/main.tf": Live, "env/demo/main.tf": Live, "env/prod/fw/test/a.go": Test, "overlays/test/k.yaml": Live, "apps/web/test/v.yaml": Live, "apps/web/staging/v.yaml": Live,
			"apps/api/test/v.yaml": Live, "apps/api/dev/v.yaml": Live, "apps/api/tests/a.py": Test,
		},
		"tests beside tools": {"dev/run.sh": Live, "test/a_test.go": Test, "app/src/test/A.java": Test, "app/src/integration/B.java": Live},
		"templates": {
			"{{cookiecutter.name}}/.github/workflows/ci.yml": Template, "gen/__NAME__/main.tf": Template, "gen/__NAME__.tf": Template, "src/__init__.py": Live, "hooks/post.py": Live, "{% if docs %}docs{% endif %}/a.md": Template, "tests/{{ name }}/a.tf": Template,
			"web/template.yaml": Live, "web/skeleton/catalog-info.yaml": Template, "css/skeleton/a.css": Live, "gen/_templates/a.ejs": Template,
			"net/.template.config/template.json": Template, "net/Program.cs": Template, "charts/web/templates/deployment.yaml": Live, "${{values.name}}.tf": Template,
		},
		"copier":           {"copier.yml": Live, "template/main.tf": Template, "README.md.jinja": Template, "src/app.py": Live},
		"jinja elsewhere":  {"vm.jinja": Live, "template/main.tf": Live},
		"files to fill in": {".env.example": Example, "values.sample.yaml": Example, "terraform.tfvars.example": Example, "example.tf": Live, "Schedule_Example.yaml": Live, "sample.env": Live},
	} {
		entries := make([]Entry, 0, len(group))
		for path := range group {
			entries = append(entries, Entry{Path: path})
		}
		tree := NewTree(entries, nil)
		for path, want := range group {
			if got := tree.Place(path); got != want {
				t.Errorf("%s: Place(%q) = %q, want %q", name, path, got, want)
			}
		}
	}
}

func TestPlaceOfWhatIsNotInTheTree(t *testing.T) {
	tree := NewTree([]Entry{{Path: "a/b.tf"}}, nil)
	for path, want := range map[string]Place{"": Live, ".": Live, "/x": Live, "../x": Live, "examples/x": Example, "a/tests/x/y": Test} {
		if got := tree.Place(path); got != want {
			t.Errorf("Place(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestAttributesWinOverNames(t *testing.T) {
	tree := NewTree([]Entry{{Path: "vendor/own.tf"}, {Path: "a.pb.go"}}, map[string]Place{"vendor/own.tf": Live, "a.pb.go": Generated})
	if tree.Place("vendor/own.tf") != Live || tree.Place("a.pb.go") != Generated {
		t.Error("marks are ignored")
	}
	if Vendored.Read() || Generated.Read() || Excluded.Read() || !Example.Read() || !Template.Read() {
		t.Error("the wrong places are read")
	}
}

func TestContentsTellPlacesWhateverNamesSay(t *testing.T) {
	tree := NewTree([]Entry{
		{Path: "apps/third-party/keda/release.yaml"}, {Path: "apps/third-party/keda/tests/t.yaml"}, {Path: "apps/third-party/other/a.yaml"},
		{Path: "demo/one.yaml"}, {Path: "demo/two.yaml"}, {Path: "live/a.yaml"}, {Path: "vendor/marked.yaml"}, {Path: "gen/templates/x/a.yaml"},
	}, map[string]Place{"vendor/marked.yaml": Generated})
	told := tree.Told(map[string]Place{"apps/third-party/keda": Live, "demo/one.yaml": Live, "live": Live, "vendor/marked.yaml": Live, "gone/vendor": Live, "gen/templates": Template})
	for path, want := range map[string]Place{
		"apps/third-party/keda/release.yaml": Live, "apps/third-party/keda/tests/t.yaml": Test, "apps/third-party/other/a.yaml": Vendored,
		"demo/one.yaml": Live, "demo/two.yaml": Example, "vendor/marked.yaml": Generated, "gen/templates/x/a.yaml": Template,
	} {
		if got := told.Place(path); got != want {
			t.Errorf("Place(%q) = %q, want %q", path, got, want)
		}
	}
	if tree.Place("demo/one.yaml") != Example {
		t.Error("the tree itself has changed")
	}
	if tree.Told(map[string]Place{".": Live, "live": Live, "live/a.yaml": Live}) != tree || told.Told(map[string]Place{"gen/templates": Template}) != told {
		t.Error("a tree in which nothing is news is another one")
	}
	if got := told.Only(func(p string) bool { return p == "demo/one.yaml" }).Place("demo/one.yaml"); got != Live {
		t.Errorf("a part of the tree has it as %q", got)
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]bool{
		"__TEAM__-base": true, "web:__VERSION__": true, "@@name@@": true, "#{Env}#-web": true, "a__b__c": false, "__init__": false, "__": false, "____": false, "a@@": false, "#{}": false, "#{a b}": false, "x__Y": false,
	} {
		if got := Token(text); got != want {
			t.Errorf("Token(%q) = %v", text, got)
		}
	}
}
