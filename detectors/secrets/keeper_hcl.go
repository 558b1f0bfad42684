package secrets

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// terraform reports resources and data sources of keepers, providers of
// keepers, and calls that decrypt.
func (k keeping) terraform() {
	body, err := syntax.HCL.Of(k.f)
	if err != nil {
		return
	}
	for _, b := range body.Blocks {
		switch {
		case (b.Type == "resource" || b.Type == "data" || b.Type == "ephemeral") && len(b.Labels) == 2:
			if name := keeperOfType(b.Labels[0]); name != "" && !plainParameter(b) {
				k.report(b.Labels[0]+"."+b.Labels[1], b.At, name)
			}
		case b.Type == "provider" && len(b.Labels) == 1:
			if name := keeperProviders[b.Labels[0]]; name != "" {
				k.report("provider."+b.Labels[0], b.At, name)
			}
		case b.Type == "auto_auth":
			k.report(k.f.Path, b.At, "vault")
		}
	}
	k.expressions(body, 0)
}

func keeperOfType(kind string) string {
	if name := keeperResources[kind]; name != "" {
		return name
	}
	for prefix, name := range keeperPrefixes {
		if strings.HasPrefix(kind, prefix) {
			return name
		}
	}
	return ""
}

// plainParameter says whether a block is a parameter of SSM that holds no
// secret: of a type that is not encrypted, or one that AWS publishes.
func plainParameter(b syntax.Block) bool {
	kind := b.Body.Text("type")
	return b.Labels[0] == "aws_ssm_parameter" && (kind != "" && kind != "SecureString" || strings.HasPrefix(b.Body.Text("name"), "/aws/service/"))
}

// expressions reports what values point to: a decrypting function, the ARN of
// a secret, a reference to a vault.
func (k keeping) expressions(body syntax.Body, depth int) {
	for _, a := range body.Attributes {
		switch {
		case strings.Contains(a.Raw, "sops_decrypt_file("):
			k.report(k.f.Path, a.At, "sops")
		case strings.Contains(a.Raw, ":secretsmanager:"):
			k.report(k.f.Path, a.At, "aws-secrets-manager")
		case strings.HasPrefix(a.Text, "op://"):
			k.report(k.f.Path, a.At, "1password")
		}
	}
	for _, b := range body.Blocks {
		if depth < 8 {
			k.expressions(b.Body, depth+1)
		}
	}
}
