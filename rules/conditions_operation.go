package rules

import (
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/detectors/kubernetes"
	"github.com/waymark-dev/waymark/detectors/terraform"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/wiring"
)

var checkHealingOff = &Check{
	ID: "kubernetes/self-heal-off", Criterion: "drift-control", Level: Note,
	Title: "Self-healing is switched off",
	Why:   "What is changed by hand in the cluster stays until somebody notices.",
	Fix:   "Set `selfHeal: true` under syncPolicy.automated.",
}

var autoscalers = Each("an autoscaler (HPA, KEDA, VPA, Karpenter)", kubernetes.Autoscalers, func(s *Scene, f detect.Finding, a kubernetes.Autoscaler) (Sign, bool) {
	sign := signOf(f, Good, Present).of("autoscaling")
	if s.stuck(a) {
		return Sign{}, false // fixedSizes tells
	}
	if !a.Enabled {
		return sign.against(nil, "values decide whether autoscaling of "+a.Target+" is there at all"), true
	}
	return sign, true
})

// scalingParts are parts of the names and sources of modules that make capacity
// follow use.
var scalingParts = []string{"cluster-autoscaler", "cluster_autoscaler", "karpenter", "appautoscaling", "app-autoscaling", "ecs-autoscaling"}

var scaledModules = Each("modules that are told to scale with use", terraform.ModuleCalls, func(_ *Scene, f detect.Finding, c terraform.ModuleCall) (Sign, bool) {
	return signOf(f, Good, Present).of("autoscaling of " + c.Name).says("the module " + c.Name + " scales with use"), c.Scales
})

var scalingModules = Lesser(Each("modules that make capacity follow use", terraform.ModuleCalls, func(_ *Scene, f detect.Finding, c terraform.ModuleCall) (Sign, bool) {
	return signOf(f, Weak, Present).of("autoscaling"), slices.ContainsFunc(scalingParts, func(part string) bool { return strings.Contains(c.Name, part) || strings.Contains(c.Source, part) })
}))

// scalingTypes are resource types that scale with use.
var scalingTypes = []string{
	"aws_appautoscaling_", "aws_autoscaling_policy", "azurerm_monitor_autoscale_setting", "google_compute_autoscaler", "google_compute_region_autoscaler", "kubernetes_horizontal_pod_autoscaler",
	"AWS::ApplicationAutoScaling::", "AWS::AutoScaling::ScalingPolicy", "AWS::AutoScaling::ScheduledAction", "aws_autoscaling_schedule",
}

var scalingResources = resourcesOf("scaling targets and policies among the resources", "autoscaling", scalingTypes)

var scheduledPlans = Acts("a scheduled plan or drift job",
	func(s *Scene, a wiring.Act) (Sign, bool) {
		if !a.Live || !a.OnSchedule {
			return Sign{}, false
		}
		return s.signOfAct(a, Good).of("drift"), true
	}, wiring.Plan, wiring.Drift)

var selfHealing = Each("GitOps that heals drift by itself", kubernetes.Syncs, func(s *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
	if !sync.SelfHeal || sync.Suspended || sync.Path == "" {
		return Sign{}, false
	}
	if s.fromHere(sync) {
		return signOf(f, Good, Wired), true
	}
	return signOf(f, Weak, Present).weak(nil, noteOf(f)+unnamed(sync)), true
})

var healingOff = Each("self-heal switched off, or differences ignored on everything", kubernetes.Syncs, func(_ *Scene, f detect.Finding, sync kubernetes.Sync) (Sign, bool) {
	if sync.Path == "" || sync.SelfHeal && !sync.IgnoresAll || sync.Suspended || sync.Kind == "ImageUpdateAutomation" {
		return Sign{}, false
	}
	sign := signOf(f, Bad, None).against(checkHealingOff, f.Subject+" does not heal drift")
	if !sync.Automated {
		sign.Check = nil // what is synced by hand is one gap, of deployment
	}
	return sign, true
})
