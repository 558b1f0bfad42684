package portal

import (
	_ "embed"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed launch.md
var launchDoc string

// Launches sees links by which a reader has a cloud create what a template of
// the repository describes. Its values are a Launch each.
var Launches = &detect.Detector{
	ID: "portal/launch", Doc: launchDoc, File: launches,
	Match: []string{"**/README.md", "docs/**/*.md"},
}

// launchers are the clouds and the parts that the address of such a link has.
// Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html,
// https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-azure-button
// and https://docs.oracle.com/en-us/iaas/Content/ResourceManager/Tasks/deploybutton.htm
var launchers = []struct {
	cloud string
	parts []string
}{
	{"aws", []string{"console.aws.amazon.com/cloudformation/", "/stacks/", "templateURL="}},
	{"azure", []string{"portal.azure.com/#create/Microsoft.Template"}},
	{"azure", []string{"portal.azure.com/#blade/Microsoft_Azure_CreateUIDef"}},
	{"oracle", []string{"cloud.oracle.com/resourcemanager/stacks/create", "zipUrl="}},
	{"google", []string{"console.cloud.google.com/cloudshell/", "tutorial="}},
}

func launches(p *detect.Pass, f *detect.File) error {
	if !f.ContainsAny("console.aws.amazon.com/cloudformation", "portal.azure.com/#", "cloud.oracle.com/resourcemanager", "console.cloud.google.com/cloudshell") {
		return nil
	}
	page, err := syntax.Markdown.Of(f)
	if err != nil {
		return nil // the detectors of documents report it
	}
	seen := map[string]bool{}
	for _, link := range page.Links {
		if cloud := launchedBy(link.Target); cloud != "" && !link.Image && !seen[cloud] {
			seen[cloud] = true
			p.Report(cloud, link.At, "a link that creates what a template describes", Launch{Cloud: cloud})
		}
	}
	return nil
}

func launchedBy(target string) string {
	for _, l := range launchers {
		found := true
		for _, part := range l.parts {
			found = found && strings.Contains(target, part)
		}
		if found {
			return l.cloud
		}
	}
	return ""
}
