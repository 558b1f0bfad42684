package secrets

import (
	"slices"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
)

// found keeps what a detector reports.
type found struct{ plains []Plain }

func (r *found) Finding(f detect.Finding) {
	p, _ := f.Value.(Plain)
	r.plains = append(r.plains, p)
}
func (*found) BlindSpot(detect.BlindSpot)                 {}
func (*found) Findings(*detect.Detector) []detect.Finding { return nil }

// TestWhatOpensNothingElsewhere: what is of use for a test, for everybody or
// only until an installation gives its own value, is not called a leak.
func TestWhatOpensNothingElsewhere(t *testing.T) {
	for name, test := range map[string]struct {
		path, text string
		leaks      []string
	}{
		"containers of a CircleCI job": {
			path: ".circleci/config.yml",
			text: "executors:\n  test:\n    docker:\n      - image: cimg/ruby:3.4\n      - image: cimg/postgres:17.4\n        environment:\n          POSTGRES_PASSWORD: circle\njobs: {}\n",
		},
		"services of a GitLab job": {
			path: ".gitlab-ci.yml",
			text: "test:\n  services: [postgres:17]\n  variables:\n    POSTGRES_PASSWORD: runner\n  script: make test\n",
		},
		"containers of an Azure pipeline": {
			path: "azure-pipelines.yml",
			text: "resources:\n  containers:\n    - container: db\n      image: postgres:17\n      env:\n        POSTGRES_PASSWORD: runner\nsteps:\n  - script: make test\n",
		},
		"a pipeline without containers": {
			path: "azure-pipelines.yml", text: "variables:\n  FTP_PASSWORD: Tr0ub4dor3\nsteps:\n  - script: make deploy\n", leaks: []string{"FTP_PASSWORD"},
		},
		"the values of a chart": {
			path: "chart/values.yaml", text: "auth:\n  password: hawk\n  token: Zk3vQ9xLr7Tn2Bw8Yp4Hs6Jd1\n", leaks: []string{"token"},
		},
		"the name of the user": {path: "prod.yaml", text: "username: hawk\npassword: hawk\nurl: postgres://reader:reader@db.acme.dev/a\n"},
		"common words":         {path: "prod.yaml", text: "password: adminadmin1\n"},
		"what a server is made with": {
			path: "main.tf", text: "resource \"azurerm_mssql_server\" \"a\" {\n  administrator_login_password = \"AdminPassword1!\"\n}\n", leaks: []string{"administrator_login_password"},
		},
	} {
		var r found
		tree := detect.NewTree([]detect.Entry{{Path: test.path}, {Path: "chart/Chart.yaml"}}, nil)
		p := detect.NewPass(Plains, &detect.Repo{Tree: tree}, &r)
		if err := Plains.File(p, detect.NewFile(test.path, []byte(test.text))); err != nil {
			t.Fatal(err)
		}
		var leaks []string
		for _, plain := range r.plains {
			if !plain.Local {
				leaks = append(leaks, plain.Name)
			}
		}
		if !slices.Equal(leaks, test.leaks) {
			t.Errorf("%s: leaks %q, want %q", name, leaks, test.leaks)
		}
	}
}
