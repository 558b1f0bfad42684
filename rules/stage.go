package rules

// A Stage is one of the five stages of the model.
type Stage struct {
	Number int
	Name   string
	// Typical are the engineers of an organisation that usually stands there.
	Typical string
	// Have is what a team has at this stage, Missing what it still lacks.
	Have, Missing string
	// Start is what to do first to reach the next stage, Avoid what not to do,
	// Ready how to tell that the one after comes in reach.
	Start, Avoid, Ready string
	Characteristics     []Characteristic
}

// A Characteristic is one trait of a stage.
type Characteristic struct{ ID, Text string }

// StageNames are the names of the stages by number; 0 is a repository that
// cannot be judged.
var StageNames = [...]string{"Not judged", "Ad hoc", "Standardization", "Automation", "Integration", "Optimization"}

// Stages are the five stages in their order.
var Stages = []Stage{
	{
		Number: 1, Name: "Ad hoc", Typical: "under 20",
		Have:    "production runs, with some scripts and runbooks; access is direct, changes are made by hand, knowledge lives in people",
		Missing: "automation, standards and a repeatable process; environments that agree; self-service; a team that owns the platform",
		Start:   "Automate the one workflow that hurts most, usually deployment; put the core environments into code with one tool; add a basic pipeline that tests and deploys; bring configuration into version control.",
		Avoid:   "Going broad: three finished automations are worth more than ten half-finished ones. Building a tool where one off the shelf serves.",
		Ready:   "developers deploy through a pipeline without tickets, and newcomers follow the documented process alone",
		Characteristics: []Characteristic{
			{"1.1", "access, deployments and configuration changes are asked for by message or ticket"},
			{"1.2", "everybody deploys or sets up services in a way of their own"},
			{"1.3", "repairing production starts with a search for whoever built or last touched the part"},
			{"1.4", "documents exist, are out of date, and so are not trusted"},
			{"1.5", "much of the week goes to waiting for access, mending environments and working out how to deploy"},
			{"1.6", "newcomers ask the same questions, for want of a single source of truth"},
		},
	},
	{
		Number: 2, Name: "Standardization", Typical: "20–50",
		Have:    "what runs, and how it is configured, is written down as code; pipelines do the common deployments; documents answer the frequent questions",
		Missing: "automation without holes; one set of tools; self-service; one place to provision, to see status and to troubleshoot",
		Start:   "Offer golden-path templates that cover most of a new service; a portal or a command line to provision, deploy and see status; documents that leave no question open; the same tools for every team.",
		Avoid:   "Building self-service for rare cases.",
		Ready:   "developers provision common resources themselves, and most teams use the golden paths",
		Characteristics: []Characteristic{
			{"2.1", "infrastructure is defined and provisioned as code"},
			{"2.2", "some deployments go through a pipeline, hands off"},
			{"2.3", "documentation is referred to and kept up, even where it is not complete"},
			{"2.4", "scripts automate repeated tasks"},
			{"2.5", "tools and frameworks are agreed, and projects resemble each other"},
		},
	},
	{
		Number: 3, Name: "Automation", Typical: "50–150",
		Have:    "a platform of the organisation's own does the routine work: provisioning and deployment without waiting, onboarding in little time",
		Missing: "self-service off the predefined paths; governance and policy strong enough that teams do not drift apart",
		Start:   "Bring the tools into one portal; put policy for security, cost and compliance inside the workflows; make observability reachable without leaving the platform; track what teams build and use.",
		Avoid:   "Integrating every tool at once: three done well beat ten done badly.",
		Ready:   "one platform serves most tasks, and governance works in the background without escalations",
		Characteristics: []Characteristic{
			{"3.1", "developers create databases, services and infrastructure without waiting for operations"},
			{"3.2", "pipelines run the entire flow: every change is tested and deployed, and a bad release reverted without a person"},
			{"3.3", "developers reach dashboards and logs themselves"},
			{"3.4", "shared templates and modules of a platform team launch a new service in minutes"},
			{"3.5", "the golden path is the usual one, being the easier"},
		},
	},
	{
		Number: 4, Name: "Integration", Typical: "150–500",
		Have:    "one system that people trust; standards enforced quietly; help in context; capacity that follows use",
		Missing: "knowledge that travels between teams by itself; innovation that spreads",
		Start:   "Read the platform's own data for delays; give knowledge ways to travel; tie metrics to outcomes; run experiments on the platform itself.",
		Avoid:   "Chasing metrics that flatter. Taking stage 5 for the finish.",
		Ready:   "the platform improves from what it measures",
		Characteristics: []Characteristic{
			{"4.1", "checks for security, spend and compliance are built in, and nobody has to start them"},
			{"4.2", "an internal developer platform unifies the tools in one interface, from code to production"},
			{"4.3", "developers get recommendations and guardrails in context, which guide without blocking"},
			{"4.4", "the platform's interfaces reach the whole toolchain"},
			{"4.5", "the platform team works as a product team, with a roadmap, research among its users and measured satisfaction"},
		},
	},
	{
		Number: 5, Name: "Optimization", Typical: "over 500",
		Have:    "the platform is a product that learns from every team and improves itself",
		Missing: "nothing large: it has to stay relevant while the organisation changes",
		Characteristics: []Characteristic{
			{"5.1", "the platform observes the teams' work, finds the delays and changes its own workflows to shorten them"},
			{"5.2", "what one team builds for reuse, others find through the platform"},
			{"5.3", "recommendations come from what worked in the organisation's many deployments"},
			{"5.4", "metrics connect to business outcomes and not only to technical counters"},
			{"5.5", "the platform tests changes to itself and keeps those that make developers more productive"},
		},
	},
}
