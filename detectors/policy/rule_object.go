package policy

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
)

// engineOf is the engine that an object is a policy of, and whether the object
// makes it refuse what breaks the policy.
func engineOf(o manifest.Object) (string, bool) {
	switch {
	case o.Group == "kyverno.io" && (o.Kind == "ClusterPolicy" || o.Kind == "Policy"):
		return "kyverno", kyvernoEnforces(o)
	case o.Group == "policies.kyverno.io" && strings.HasSuffix(o.Kind, "Policy"):
		actions := o.Spec("validationActions").Texts()
		return "kyverno", len(actions) == 0 || slices.Contains(actions, "Deny")
	case o.Type() == "ConstraintTemplate.templates.gatekeeper.sh":
		return "gatekeeper", false
	case o.Group == "constraints.gatekeeper.sh":
		action := o.Spec("enforcementAction").Text()
		return "gatekeeper", action == "" || action == "deny"
	case o.Group == "admissionregistration.k8s.io" && o.Kind == "ValidatingAdmissionPolicy":
		return "validating-admission-policy", false
	case o.Group == "admissionregistration.k8s.io" && o.Kind == "ValidatingAdmissionPolicyBinding":
		return "validating-admission-policy", slices.Contains(o.Spec("validationActions").Texts(), "Deny")
	case o.Group == "policies.kubewarden.io" && strings.HasSuffix(o.Kind, "Policy"):
		return "kubewarden", o.Spec("mode").Text() != "monitor"
	case o.Group == "policy.sigstore.dev" && o.Kind == "ClusterImagePolicy":
		return "sigstore-policy-controller", o.Spec("mode").Text() != "warn"
	}
	return "", false
}

// kyvernoEnforces says whether a policy refuses: as a whole, or in one of its
// rules. Without a word it only reports.
// Source: https://kyverno.io/docs/policy-types/cluster-policy/validate/
func kyvernoEnforces(o manifest.Object) bool {
	if strings.EqualFold(o.Spec("validationFailureAction").Text(), "enforce") {
		return true
	}
	for _, rule := range o.Spec("rules").Items() {
		if strings.EqualFold(rule.Get("validate", "failureAction").Text(), "enforce") {
			return true
		}
		for _, verify := range rule.Get("verifyImages").Items() {
			if strings.EqualFold(verify.Get("failureAction").Text(), "enforce") {
				return true
			}
		}
	}
	return false
}
