package environment

import "testing"

func TestNamesTellEnvironments(t *testing.T) {
	for name, want := range map[string]string{
		"prod": "prod", "Production": "production", "bors-prod": "prod", "dev-desktops": "", "parameters.qa": "qa", "web": "", "product": "", "live-view": "", "integration-tests": "",
	} {
		if got, _ := In(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestValuesBelongToAnEnvironment(t *testing.T) {
	for _, c := range []struct{ dir, base, want string }{
		{"infrastructure", "prod", "prod"}, {"envs/prod", "terraform", "prod"}, {"web", "terraform", "web"}, {".", "terraform", "default"}, {"eu/web", "blue", "blue"}, {"live/prod/eu", "region", "prod"}, {"infrastructure", "dev_eu", "dev"},
		{"variables/integration", "synthetic-test", "integration"},
	} {
		if got := Of(c.dir, c.base, "terraform"); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.base, c.dir, got, c.want)
		}
	}
}

func TestOutermostFolderCounts(t *testing.T) {
	for dir, want := range map[string]string{"live/prod/vpc": "live/prod", "live/vpc": "live", "envs/dev/egress-dev": "envs/dev", "modules/vpc": ""} {
		if got, _, _ := Folder(dir); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}
