package provisioning

import (
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

func TestOneVersionIsPinned(t *testing.T) {
	for version, want := range map[string]bool{
		"": false, "1.2.3": true, "v2.0.0": true, "==1.0": true, "bfffd92efff4": true, "release-1.0": false, "main": false, ">=1.0": false, "*": false, "1.x": false, "0.9.0": true,
		"docker-1.2.3": true, "latest": false,
	} {
		if got := pinned(version); got != want {
			t.Errorf("%q: %t, want %t", version, got, want)
		}
	}
}

func TestInventoryTellsEnvironment(t *testing.T) {
	for p, want := range map[string]string{
		"envs/prod/hosts": "prod", "inventories/fra1/hosts.yml": "fra1", "inventory/staging.ini": "staging", "inventory/aws_ec2.yml": "", "hosts": "",
	} {
		if got := inventoryOf(p); got != want {
			t.Errorf("%s: %q, want %q", p, got, want)
		}
	}
}

func TestParametersTellEnvironment(t *testing.T) {
	for p, want := range map[string]string{
		"prod.bicepparam": "prod", "main.prod.bicepparam": "prod", "queue.staging.parameters.json": "staging", "azuredeploy.parameters.json": "", "envs/qa/parameters.json": "qa",
	} {
		if got := parametersOf(p); got != want {
			t.Errorf("%s: %q, want %q", p, got, want)
		}
	}
}

func TestBicepModulesAreNotDeployedByThemselves(t *testing.T) {
	tree := detect.NewTree([]detect.Entry{{Path: "modules/queue.bicep"}, {Path: "main.bicep"}, {Path: "app.bicep"}, {Path: "app.parameters.json"}, {Path: "modules/main.bicep"}}, nil)
	for p, want := range map[string]bool{"main.bicep": true, "app.bicep": true, "modules/queue.bicep": false, "modules/main.bicep": false} {
		if got := deployed(tree, p); got != want {
			t.Errorf("%s: %t, want %t", p, got, want)
		}
	}
}
