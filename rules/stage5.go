package rules

var stage5 = []*Criterion{
	{
		ID: "flow-insights", Single: true, Stage: 5, Weight: Core, Characteristics: []string{"5.1"}, Scope: Org,
		Ask:  "Is the flow of work measured?",
		Why:  "Delays that are not measured are argued about.",
		Step: "Send deployment events or pipeline traces to the monitoring that you have.",
		None: "no measurement of deployments or pipelines is here",
		For:  []Condition{flowSignals, flowActs, deploymentEvents},
	},
	{
		ID: "reuse-discovery", Single: true, Stage: 5, Weight: Core, Characteristics: []string{"5.2"}, Scope: Org,
		Ask:  "Can others find what is built here for reuse?",
		Why:  "What cannot be found is built again.",
		Step: "Describe what you offer in the catalogue: its interfaces, its relations and its documents.",
		None: "no catalogue or registry of what is offered is here",
		For:  []Condition{catalogueRelations, documentedBlocks, listed},
	},
	{
		ID: "learned-recommendations", Single: true, Stage: 5, Weight: Plain, Characteristics: []string{"5.3"}, Scope: Org,
		Ask:  "Do recommendations come from what worked?",
		Why:  "Advice from measurements beats advice from habit.",
		Step: "Let low-risk updates merge by themselves where the tests pass, or take resource requests from measured use.",
		None: "no update that merges by itself and no measured resource request is here",
		For:  []Condition{trustedUpdates, measuredRequests},
	},
	{
		ID: "outcome-metrics", Single: true, Stage: 5, Weight: Core, Characteristics: []string{"5.4"}, Scope: Org,
		Ask:  "Are metrics tied to outcomes?",
		Why:  "Technical counters say that the platform is busy, not that it helps.",
		Step: "Write one service level objective for what the users notice, and alert on its budget.",
		None: "no service level objective or business metric is here",
		For:  []Condition{objectives},
	},
	{
		ID: "platform-experiments", Single: true, Stage: 5, Weight: Plain, Characteristics: []string{"5.5"}, Scope: Org, Activity: true,
		Ask:  "Does the platform test changes to itself?",
		Why:  "A change that is not compared with what was before is kept by opinion.",
		Step: "Put the next change of the platform behind a flag, or roll it out to a part first, and compare.",
		None: "no experiment, feature flag, load test or canary is here",
		For:  []Condition{experiments, flags, loadTests, loadRuns, canaries},
	},
}
