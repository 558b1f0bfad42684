package docs

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A spoken sentence, and what follows it.
type spoken struct {
	text, lower string
	after       func() string
}

// Where the reader may be sent: Instruction.To.
const (
	console = "console"
	machine = "machine"
	byHand  = "hand"
)

// Who is asked, where, and on which page. Names are told by their capitals.
const (
	people = `(?:(?i:admins?|administrators?|someone|somebody|(?:[\w.]+[ -]){0,4}(?:team|admins?|administrators?|maintainers?|owners?|leads?|managers?|operations|ops|sres?|devops|engineers?|colleagues?|helpdesk|help desk|service desk)|(?:[\w.]+ ){0,3}support to (?:increase|raise|lift|enable|add|create))\b|@[\w/-]+|(?-i:[A-Z][a-z]+ or [A-Z][a-z]+))`
	rooms  = `(?:#[a-z][\w-]+|(?:the |our )?(?:\S+ ){0,3}(?:slack|(?-i:Teams)|discord|chat|channel|mattermost|irc)\b)`
	pages  = `(?:(?:consoles?|portal|dashboard|control panel|web (?:interface|ui|app)|admin (?:page|panel|interface|ui|area)|(?:repo(?:sitory)?|project|organi[sz]ation|account|workspace|team) settings|settings (?:page|tab|menu))\b|(?-i:[A-Z])[\w.]+ (?:web )?(?-i:G?UI)\b)`
	alter  = `(?:create|add|set(?: up)?|change|update|edit|enable|disable|configure|delete|remove|register|upload|rotate|invite|approve|paste|renew|(?:re)?generate|import|assign|grant|attach|provision|toggle|turn o(?:n|ff)|deploy|launch|increase|decrease|modify|replace|restart|stop|revoke|reset|resize|activate)`
	making = `(?:create|add|set(?: up)?|enable|disable|configure|register|upload|rotate|approve|renew|assign|grant|provision)`
	going  = `(?:go(?: back| over)? ?to|navigate ?to|log ?in ?to|log ?into|login ?(?:in)?to|log on to|sign ?in ?to|sign into|log ?in|sign ?in|visit|head (?:over )?to|browse to|switch to)`
	clicks = `[\w*]+['"*\x60\]]* ?(?:>|→|->|›|») ?['"*\x60\[]*(?-i:[A-Z])`
)

var (
	pageWords  = []string{"console", "portal", "dashboard", " panel", " interface", " page", " area", "settings", " ui", " gui", " web app"}
	goingWords = []string{"go to", "goto", "go back", "go over", "navigate", "log in", "login", "log into", "log on", "sign in", "signin", "visit", "head ", "browse to", "switch to"}
)

// asking are the orders to ask somebody for something, by whom is asked.
var asking = []struct {
	to string
	order
}{
	{"ticket", newOrder([]string{"ticket", "request", "servicenow", "support case"}, `(?:raise|open|create|file|submit|log|fill (?:in|out)|send)(?: in)? (?:an? |the |your )?(?:[\w.]+[ -]){0,4}(?:tickets?|service requests?|support (?:requests?|cases?)|(?:access|change|service) requests?|request forms?)\b`)},
	{"ticket", order{[]string{"ticket", "request"}, regex.New(`(?i)\bby (?:raising|opening|creating|filing|submitting|logging) (?:an? |the |your )?(?:[\w.]+[ -]){0,4}(?:tickets?|service requests?|support requests?|access requests?|change requests?)\b`)}},
	{"ticket", order{[]string{"issue"}, regex.New(`(?i)\b(?:rais|creat|open|fil|submitt)(?:e|ing)? an? (?:\w+ ){0,2}issues? (?:with|to) (?:the |our |your )?(?:\w+ ){0,3}(?:team|admins?|ops|operations|support|platform)\b`)}},
	{"ticket", newOrder([]string{"request for"}, `(?:select|use|fill(?: in| out)?)\b.{0,20}\brequest for\b`)},
	{"chat", newOrder([]string{"#", "slack", "teams", "discord", "chat", "channel", "mattermost", "irc"}, `(?:ask|post|message|request|shout|ping|reach out|get in touch|let us know|contact|speak to us|drop (?:a|us a) (?:note|line|message))\b.{0,80}?\b(?:(?:in|on|via|through|using|at) |to )`+rooms+`|(?:ask|message|ping|contact|post (?:to|in)) `+rooms)},
	{"person", newOrder([]string{"ask", "contact", "message", "ping", "mail", "reach out", "speak", "talk", "in touch", "liaise", "request"}, `(?:ask|contact|message|ping|e-?mail|reach out to|speak (?:to|with)|talk to|get in touch with|liaise with|request (?:\w+ ){0,4}from) (?:an? |the |your |our |one of (?:the|our) |existing |an existing |another )*`+people)},
	{"person", newOrder([]string{"prod "}, `prod (?-i:[A-Z])\w+(?:,| to | for )`)},
}

// inConsole are the orders to change something in a console, in one sentence.
var inConsole = []order{
	newOrder(pageWords, alter+`\b[^;]{0,90}?\b(?:in|from|through|via|using|within) (?:the |your |our |an? )?(?:\S+ ){0,4}?`+pages+`|`+alter+`\b[^;]{0,60}? on (?:the |your |our )?(?:\S+ ){0,4}?(?:console|portal)\b`),
	newOrder(pageWords, `(?:in|from|on|using|through|via|within) (?:the |your |our )?(?:\S+ ){0,3}?`+pages+`[^,.;]{0,25}, (?:please )?`+alter+`\b`),
	newOrder(pageWords, `(?:`+going+`|open|access) .{0,60}?`+pages+`.{0,60}?(?:\b(?:and|to|then)|,|:) (?:then )?(?:click .{0,60}?)?`+alter+`\b`),
	newOrder([]string{">", "→", "›", "»"}, `(?:click|select|choose|open|under|`+going+`)\b.{0,60}?`+clicks+`.{0,80}?\b(?:`+alter+`|new)\b`),
}

var (
	// leading are orders to go to a page, or to a host whose name says nothing:
	// what is done there is told by the steps that follow.
	leading = newOrder(goingWords, going+` (?:.{0,60}?`+pages+`|(?:the |your |our |in ?to |to )?(?:\S+ )?(?:(?-i:[A-Z])\w+|https://))`)
	// clicking is a step that changes something on a page.
	clicking = regex.New(`(?im)(?:^|[.,;:>→] |\b(?:and|then) )\W*(?:\d+\W+)?(?:click|select|choose|press|hit)\b[^.\n]{0,40}?\b(?:create|add|new|save|edit|update|delete|remove|(?:re)?generate|enable|disable|submit|apply|upload|import|assign|grant|attach|rotate)\b`)
	// onMachine is an order to change something on one machine.
	onMachine = newOrder([]string{"ssh"}, `ssh(?:ing)? (?:in)?to\b.{0,60}?\b(?:and|to|then)\b.{0,20}?\b(?:`+alter+`|install|pull|start)\b`)
	// manually are orders to do something by hand.
	manually = []order{
		{[]string{"manually"}, regex.New(`(?i)(?:^\W*(?:(?:step )?\d+\W+)?(?:then )?|\byou (?:must|should|need to|have to|will need to|will have to) (?:then )?)manually ` + making + `\b`)},
		{[]string{"manually", "by hand"}, regex.New(`(?i)\b(?:must|should|needs? to|have to|has to) be .{0,30}?\b(?:created|added|set|changed|enabled|configured|registered|uploaded|rotated|renewed|approved|requested|applied)\b.{0,20}?\b(?:manually|by hand)\b|\b(?:must|should|needs? to|have to|has to) be (?:manually )(?:created|added|set|changed|enabled|configured|registered|uploaded|rotated|renewed|approved|requested|applied|deployed)\b`)},
	}
)

// purposes are what the reader wants, by the words of the sentence.
var purposes = []struct {
	name    string
	pattern *regex.Pattern
}{
	{"access", regex.New(`(?i)\b(?:access|permissions?|credentials?|accounts?|invit(?:e|es|ation)|vpn|membership|passwords?|tokens?|(?:api|access|secret|ssh|subscription) keys?|secrets?|add(?:ed)? you|you added|users?|vault)\b`)},
	{"deployment", regex.New(`(?i)\b(?:deploy\w*|releas\w+|rollouts?|roll ?back|appl(?:y|ied|ying)|provision\w*|environments?|infrastructure|namespaces?|domains?|dns|certificates?|clusters?|servers?|instances?|stacks?|databases?|buckets?|jobs?|projects?|machines?|disks?|volumes?|storage|resources?|records?|quotas?)\b`)},
	{"configuration", regex.New(`(?i)\b(?:configur\w+|settings?|set[- ]?up|enabl\w+|disabl\w+|variables?|flags?|values?|integrat\w+|webhooks?|install\w*|apps?|proxy|limits?|timeouts?)\b`)},
}

// otherBusiness is what a sentence is about that asks for contributions, for
// what is amiss, or leaves the way open.
var otherBusiness = regex.New(`(?i)\b(?:contribut\w+|pull requests?|PRs?|labels?|reviews?|cherry-pick|bugs?|bug reports?|feature requests?|feedback|vulnerabilit\w+|security (?:issue|problem|concern)s?|questions?|discuss(?:ion|ions)?|suggest\w*|improvements?|code of conduct|harass\w*|license|licence|if you (?:find|notice|spot|have ideas)|would you like|merge|sponsor\w*|contact (?:e-?mail|details|information|name|number)s?|problems?|troubles?|troubleshoot\w*|fail(?:s|ed|ure|ures|ing)?|breaks?|errors?|announc\w+|post an? (?:\w+ ){0,2}(?:warning|notice|update|note|heads-up)|let (?:\w+ ){1,3}know|incidents?|outages?|alerts?|(?:cannot|can't|unable to|could not) (?:resolve|determine|find|tell|see)|(?:issue|this) persists?|unsure|not sure|in doubt)\b`)

// excused is how a sentence speaks of another way, or of what is not to be done.
var excused = regex.New(`(?i)^\W*(?:instead|otherwise|rather than|when users|learn|how it works|if you(?:'ve|’ve| have))\b|\b(?:instead of|without (?:having|needing) to|avoid|no need to|don't need to|do not need|no longer|can also|faster than|enables? (?:\w+ ){1,3}to|allows? (?:\w+ ){1,3}to|chicken-and-egg|never|not (?:be )?manually|intended to be|for display|automatically)\b`)

// otherWays is how a sentence names a way beside the console, or forbids it, or
// speaks of what only the reader's own machine sees.
var otherWays = regex.New(`(?i)\b(?:or (?:use |via |using |with |by |through |from )?(?:the |an? )?(?:\w+ ){0,2}(?:cli|api|sdk|command[- ]line|terraform|kubectl|commands?|consoles?|(?:web )?ui|declaratively)|either (?:in|from|via|through|using|with|by)|using (?:the )?(?:\w+ )?(?:cli|api)|do not|don't|cannot|can't|run workflow|actions tab|virtualenv|localhost|locally|terminal|(?:package[- ]manager|rails|python|ruby|django|javascript|browser|developer|serial|sql|interactive|visual studio) consoles?|pods?(?:-\d)?|shell|visuali[sz]ations?|panels?|edit mode|tests?|testing|(?:cli|api|command[- ]line) or)\b|\b(?:cli|api|command[- ]line),`)

// inFile is how a sentence names a file of the repository as what is edited.
var inFile = regex.New(`\b[\w-]+\.(?:tf|tfvars|ya?ml|json|md|py|js|ts|go|sh|toml|bzl|env|hcl|conf|cfg|ini|properties|txt|rb|xml)\b|(?i)\bfiles?\b`)

// quoted is a sentence that only cites what others say.
var quoted = regex.New(`["“”]`)

// instruction reads one sentence, and gives the words that tell.
func (s spoken) instruction() (Instruction, string, bool) {
	const most = 2000
	if len(s.text) > most {
		return Instruction{}, "", false
	}
	to, phrase, leads := s.sends()
	if phrase == "" || otherBusiness.MatchString(s.text) || excused.MatchString(s.text) {
		return Instruction{}, "", false
	}
	purpose := s.purpose()
	if purpose == "" && to == console {
		purpose = "configuration"
	}
	return Instruction{To: to, For: purpose, Text: short(s.text), Leads: leads}, strings.TrimSpace(phrase), purpose != ""
}

// sends says where a sentence sends its reader, the words that tell, and whether
// it leads to a console for the steps that follow.
func (s spoken) sends() (to, phrase string, leads bool) {
	for _, r := range asking {
		if phrase = r.in(s.text, s.lower); phrase != "" && !quoted.MatchString(phrase) {
			return r.to, phrase, false
		}
	}
	if phrase, leads = s.toConsole(); phrase != "" {
		return console, phrase, leads
	}
	if phrase = onMachine.in(s.text, s.lower); phrase != "" {
		return machine, phrase, false
	}
	for _, o := range manually {
		if phrase = o.in(s.text, s.lower); phrase != "" && !inFile.MatchString(s.text) && !otherWays.MatchString(s.text) {
			return byHand, phrase, false
		}
	}
	return "", "", false
}

// toConsole are the words by which a sentence has its reader change something
// in a console: by itself, or by leading there for the steps that follow.
func (s spoken) toConsole() (phrase string, leads bool) {
	for _, o := range inConsole {
		if phrase := o.in(s.text, s.lower); phrase != "" && !otherWays.MatchString(s.text) {
			return phrase, false
		}
	}
	if phrase := leading.in(s.text, s.lower); phrase != "" && !otherWays.MatchString(s.text) && clicking.MatchString(s.after()) {
		return phrase, true
	}
	return "", false
}

// purpose is what a sentence is for; empty where it is about something else.
func (s spoken) purpose() string {
	for _, p := range purposes {
		if p.pattern.MatchString(s.text) {
			return p.name
		}
	}
	return ""
}
