package portal

import (
	_ "embed"
	"path"
	"slices"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
)

//go:embed integration.md
var integrationDoc string

// Integrations sees what ties a platform to the tools around it: operators
// that fetch secrets, names and certificates, receivers of webhooks, bots that
// take orders in a chat. Its values are an Integration each.
var Integrations = &detect.Detector{
	ID: "portal/integration", Doc: integrationDoc, File: integrations,
	Match: slices.Concat(manifest.ReleaseFiles, manifest.DependencyFiles),
}

// integratingCharts tell what a released chart gives.
var integratingCharts = map[string]string{
	"external-secrets": "secrets", "secrets-store-csi-driver": "secrets", "vault-secrets-operator": "secrets", "external-dns": "dns", "cert-manager": "certificates",
	"argo-events": "webhook", "webhookrelay-operator": "webhook", "botkube": "chat", "argocd-notifications": "chat",
}

// integratingObjects tell what an object gives by its type.
var integratingObjects = map[string]string{
	"ExternalSecret.external-secrets.io": "secrets", "ClusterSecretStore.external-secrets.io": "secrets", "SecretStore.external-secrets.io": "secrets",
	"VaultStaticSecret.secrets.hashicorp.com": "secrets", "SecretProviderClass.secrets-store.csi.x-k8s.io": "secrets",
	"DNSEndpoint.externaldns.k8s.io": "dns", "Certificate.cert-manager.io": "certificates", "ClusterIssuer.cert-manager.io": "certificates", "Issuer.cert-manager.io": "certificates",
	"EventSource.argoproj.io": "webhook", "Receiver.notification.toolkit.fluxcd.io": "webhook", "EventListener.triggers.tekton.dev": "webhook",
}

// chatLibraries are libraries of bots that take orders in a chat or on a host.
var chatLibraries = map[string]string{
	"probot": "chat", "hubot": "chat", "@slack/bolt": "chat", "slack-bolt": "chat", "errbot": "chat", "@octokit/webhooks": "webhook", "botbuilder": "chat",
}

func integrations(p *detect.Pass, f *detect.File) error {
	report := func(subject string, at detect.Span, kind string) {
		if kind != "" {
			p.Report(subject, at, "integration for "+kind, Integration{Kind: kind})
		}
	}
	switch path.Ext(f.Path) {
	case ".yaml", ".yml":
		if found, err := manifest.Objects.Of(f); err == nil || len(found) > 0 {
			for _, o := range found {
				report(o.Subject(), o.Span(), integratingObjects[o.Type()])
			}
		}
	case ".tf":
	default:
		return bots(f, report)
	}
	found, err := manifest.Releases.Of(f)
	if err != nil {
		return nil // the detectors of the format report it
	}
	for _, r := range found {
		report("chart/"+r.Chart, r.At, integratingCharts[r.Chart])
	}
	return nil
}

func bots(f *detect.File, report func(string, detect.Span, string)) error {
	found, err := manifest.Dependencies.Of(f)
	if err != nil {
		return nil // the detectors of the format report it
	}
	for _, d := range found {
		report(d.Name, d.At, chatLibraries[d.Name])
	}
	return nil
}
