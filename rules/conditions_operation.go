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

// scalingSwitches are settings that let a resource scale with use where they are
// true, scalingBlocks those that do by being there.
var (
	scalingSwitches = []string{"enable_autoscaling", "enable_auto_scaling", "auto_scaling_enabled", "autoscaling_enabled"}
	scalingBlocks   = []string{"autoscaling", "autoscale_settings", "serverlessv2_scaling_configuration", "ServerlessV2ScalingConfiguration"}
)

// scalingSettings: pools, clusters and databases that scale by a setting of their
// own.
var scalingSettings = All("resources that are told to scale with use", resourceDetectors, func(s *Scene) []Sign {
	var signs []Sign
	eachResource(s, func(f detect.Finding, r resource) {
		if scalesBySetting(r.settings) {
			signs = append(signs, signOf(f, Good, Present).of("autoscaling").says(r.kind+" "+r.name+" scales with use").at(r.at))
		}
	})
	return signs
})

func scalesBySetting(settings map[string]string) bool {
	for key, value := range settings {
		at := strings.LastIndexByte(key, '.')
		name := key[at+1:]
		switch {
		case slices.Contains(scalingSwitches, name) && value == "true":
			return true
		case slices.Contains(scalingBlocks, name) && value == "" && settings[key+".enabled"] != "false":
			return true
		}
	}
	return false
}

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
