package docs

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
)

//go:embed instruction.md
var instructionDoc string

// Instructions sees sentences that send the reader to a person, a channel, a
// ticket or a console for access, deployment or configuration. Its values are
// an Instruction each; the subject says to whom for what ("ticket for access").
var Instructions = &detect.Detector{ID: "docs/manual-instruction", Doc: instructionDoc, Match: documentFiles, File: instructions}

func instructions(p *detect.Pass, f *detect.File) error {
	page, ok := advice(f)
	if !ok {
		return nil
	}
	for _, t := range page.Prose {
		for _, sentence := range sentences(t.Text) {
			if i, phrase, ok := instructionIn(sentence); ok {
				p.Report(i.To+" for "+i.For, placeOf(f, t.At, phrase), short(sentence), i)
			}
		}
	}
	return nil
}

// sentenceEnd is where one sentence ends and another begins.
var sentenceEnd = regexp.MustCompile(`[.!?][)"']* +(?:[A-Z*_(\["']|$)`)

func sentences(text string) []string {
	var found []string
	for {
		at := sentenceEnd.FindStringIndex(text)
		if at == nil {
			return append(found, text)
		}
		found = append(found, text[:at[0]+1])
		text = strings.TrimSpace(text[at[0]+1:])
	}
}

// placeOf is the line of a paragraph on which a phrase of it begins.
func placeOf(f *detect.File, paragraph detect.Span, phrase string) detect.Span {
	words := strings.Fields(phrase)
	if len(words) > 3 {
		words = words[:3]
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	pattern, err := regexp.Compile(strings.Join(words, `[\s>*_\[]+`))
	if err == nil {
		if at := pattern.FindIndex(f.Data[paragraph.Start.Offset:paragraph.End.Offset]); at != nil {
			return f.Line(f.Bytes(paragraph.Start.Offset+at[0], paragraph.Start.Offset+at[1]).Start.Line)
		}
	}
	return f.Line(paragraph.Start.Line)
}

// A route is one way of being sent somewhere: a verb with its object. What it
// is for is told by the sentence, else it is what the route usually is for;
// empty where nothing can be assumed.
type route struct {
	to, usually string
	// words are texts of which one must be in the sentence, in lower case; they
	// only save trying the pattern.
	words   []string
	pattern *regexp.Regexp
}

// Who is asked, where, and on which page.
const (
	people  = `(?:(?i:admins?|administrators?|someone|somebody|(?:\w+[ -]){0,4}(?:team|admins?|administrators?|maintainers?|owners?|leads?|managers?|operations|ops|sres?|devops|engineers?|colleagues?|support|helpdesk|help desk|service desk))|@[\w/-]+|[A-Z][a-z]+ or [A-Z][a-z]+)`
	channel = `(?:#[a-z][\w-]+|(?:the |our )?(?:\S+ ){0,3}(?:slack|teams|discord|chat|channel|mattermost|irc)\b)`
	console = `(?:(?:consoles?|portal|dashboard|control panel|web interface|admin (?:page|panel|interface)|settings page|secrets? manager)\b|(?:web|admin|(?-i:[A-Z])[\w.]+) (?-i:G?UI)\b)`
	verbs   = `(?:creat|add|set|chang|updat|edit|enabl|disabl|configur|delet|remov|register|upload|rotat|invit|approv|past|renew|generat|import|assign|grant|switch|done|made|deploy|trigger|launch|get|obtain|find|found|manag)(?:s|e|es|ed|d|ing|ting|ting up)?`
)

// Words of channels and of pages.
var (
	chats = []string{"#", "slack", "teams", "discord", "chat", "channel", "mattermost", "irc"}
	pages = []string{"console", "portal", "dashboard", "panel", "interface", "page", "secrets manager", "secret manager", "ui"}
)

// routes are tried in their order on one sentence.
var routes = []route{
	{"ticket", "", []string{"ticket", "request", "support", "jira", "servicenow"}, regexp.MustCompile(`(?i)\b(?:raise|raising|open|opening|create|creating|file|filing|submit|submitting|log|logging|fill in|fill out|filling (?:in|out)|send)(?: in)? (?:an? |the |your )?(?:\w+[ -]){0,4}(?:tickets?|service requests?|support (?:requests?|cases?)|request forms?|access requests?|jira|servicenow|change requests?)\b`)},
	{"ticket", "", []string{"issue"}, regexp.MustCompile(`(?i)\b(?:rais|creat|open|fil|submitt)(?:e|ing)? an? (?:\w+ ){0,2}issues? (?:with|for|to) (?:the |our |your )?(?:\w+ ){0,3}(?:team|admins?|ops|operations|support|platform)\b`)},
	{"ticket", "", []string{"request for"}, regexp.MustCompile(`(?i)\b(?:select|use|fill)\b.{0,20}\brequest for\b`)},
	{"chat", "", chats, regexp.MustCompile(`(?i)\b(?:ask|asking|post|posting|message|request|requesting|shout|ping|reach out|get in touch|let us know|contact us|speak to us|drop (?:a|us a) (?:note|line|message))\b.{0,80}?\b(?:in|on|via|through|using|at) ` + channel)},
	{"chat", "", chats, regexp.MustCompile(`(?i)\b(?:ask|message|ping|contact|post to|post in) ` + channel)},
	{"person", "", []string{"ask", "contact", "message", "ping", "mail", "reach out", "speak", "talk", "in touch", "liaise", "tag", "notify", "inform", "see ", "request", "obtained from", "provided by", "agree"}, regexp.MustCompile(`\b(?i:ask|asking|contact|contacting|message|ping|pinging|e-?mail|reach out to|speak to|speak with|talk to|get in touch with|liaise with|tag|notify|inform|see|request (?:\w+ ){0,4}from|requested from|obtained from|provided by|agree (?:\w+ ){0,3}with) (?i:an? |the |your |our |one of (?:the|our) |existing |an existing |another )*` + people)},
	{"person", "", []string{"prod "}, regexp.MustCompile(`\bprod [A-Z]\w+`)},
	{"console", "", pages, regexp.MustCompile(`(?i)\b(?:navigate|go|going|log ?in|login|log into|logging in(?:to)?|log on|sign in|signed in|head|browse|switch)\b.{0,60}?\b` + console)},
	{"console", "access", []string{"log in", "login", "log into", "sign in", "signin"}, regexp.MustCompile(`(?i)^\W*(?:then )?(?:log ?in ?(?:in)?to|login to|sign ?in ?to) .`)},
	{"console", "configuration", pages, regexp.MustCompile(`(?i)\b` + verbs + `\b.{0,90}?\b(?:in|from|through|via|using|on|with|by) (?:the |your |our |an? )?(?:\S+ ){0,4}?` + console)},
	{"console", "", pages, regexp.MustCompile(`(?i)(?:^|\W)(?:from|in|on|using) (?:the )?(?:\w+ ){1,3}(?:console|dashboard|portal|control panel)\b.{0,10}, ` + verbs)},
	{"console", "", []string{">", "→", "›", "»"}, regexp.MustCompile(`(?i)\b(?:click|select|choose|open|under|go to|navigate to|visit)\b.{0,60}?\b[\w*]+['"*]* ?(?:>|→|->|›|») ?['"*]*(?-i:[A-Z])`)},
	{"console", "", []string{"click"}, regexp.MustCompile(`(?i)\b` + verbs + `\b.{0,60}\bclick\b`)},
	{"console", "access", []string{"invite", "add "}, regexp.MustCompile(`(?i)^\W*(?:invite|add) (?:them|the new \w+|him|her)\b.{0,20}?\bto\b`)},
	{"console", "", []string{"manually", "by hand"}, regexp.MustCompile(`(?i)\b(?:manually|by hand)\b (?:create|add|set|change|update|edit|enable|configure|delete|remove|register|upload|rotate|invite|approve|request|trigger|run|apply|deploy|install|copy)\b|\b(?:must|should|needs? to|have to|has to|will need to|then|been|is|are)\b.{0,40}?\b(?:created|added|set|changed|updated|edited|enabled|configured|deleted|removed|registered|uploaded|rotated|approved|requested|triggered|run|applied|deployed|installed|done|create|update|apply)\b.{0,20}?\b(?:manually|by hand)\b`)},
	{"console", "deployment", []string{"ssh"}, regexp.MustCompile(`(?i)(?:^|[:;,] |\b(?:then|and|to|by) )\W*ssh(?:ing)? (?:in)?to\b`)},
	{"console", "deployment", []string{"connect to"}, regexp.MustCompile(`(?i)^\W*connect to (?:the )?\S+ .{0,20}\b(?:via|using|through|over)\b`)},
}

// purposes are what the reader wants, by the words of the sentence.
var purposes = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"access", regexp.MustCompile(`(?i)\b(?:access|permissions?|credentials?|accounts?|invit(?:e|es|ation)|log ?in|login|vpn|membership|passwords?|tokens?|keys?|secrets?|add(?:ed)? you|you added|users?|vault|quota)\b`)},
	{"deployment", regexp.MustCompile(`(?i)\b(?:deploy\w*|releas\w+|rollouts?|roll ?back|appl(?:y|ied|ying)|provision\w*|environments?|infrastructure|namespaces?|domains?|dns|certificates?|clusters?|servers?|instances?|stacks?|databases?|buckets?|jobs?|projects?|runs?|machines?|disks?|volumes?|storage|resources?|records?|upgrade)\b`)},
	{"configuration", regexp.MustCompile(`(?i)\b(?:configur\w+|settings?|set[- ]?up|enabl\w+|disabl\w+|variables?|flags?|values?|integrat\w+|webhooks?|install\w*|apps?|proxy|create|created|add|updated?|upload|request)\b`)},
}

// otherBusiness is what a sentence is about that asks for contributions, for
// what is amiss, or leaves the way open.
var otherBusiness = regexp.MustCompile(`(?i)\b(?:contribut\w+|pull requests?|bugs?|bug reports?|feature requests?|feedback|vulnerabilit\w+|security (?:issue|problem|concern)s?|questions?|discuss(?:ion|ions)?|suggest\w*|improvements?|code of conduct|harass\w*|license|licence|if you (?:find|notice|spot|have ideas)|would you like|merge|sponsor\w*|contact (?:e-?mail|details|information|name|number)s?)\b`)

// excused is how a sentence speaks of another way, or of what is not to be done.
var excused = regexp.MustCompile(`(?i)^\W*(?:instead|otherwise|rather than|when users|learn|how it works|if you(?:'ve|’ve| have))\b|\b(?:instead of|without (?:having|needing) to|avoid|no need to|don't need to|do not need|no longer|can also|faster than|enables? (?:\w+ ){1,3}to|chicken-and-egg|never|not (?:be )?manually|intended to be|for display|automatically)\b`)

// looking is the verb of a sentence that sends the reader to see something.
var looking = regexp.MustCompile(`(?i)^\W*(?:\d+[.)]\W*)?(?:you can |you should |to )?(?:then )?(?:see|view|check|monitor|inspect|look|observe|verify|watch|browse|explore|visit|review)\b|\b(?:to|can) (?:see|view|check|monitor|inspect|look at|observe|verify|watch|browse|explore)\b`)

// instructionIn reads one sentence, and gives the words that tell.
func instructionIn(sentence string) (Instruction, string, bool) {
	const most = 2000
	if len(sentence) > most {
		return Instruction{}, "", false
	}
	lower := strings.ToLower(sentence)
	for _, r := range routes {
		phrase := r.in(sentence, lower)
		if phrase == "" {
			continue
		}
		if otherBusiness.MatchString(sentence) || excused.MatchString(sentence) {
			break
		}
		if purpose := purposeOf(sentence, r); purpose != "" && (r.to != "console" || !looking.MatchString(sentence)) {
			return Instruction{To: r.to, For: purpose, Text: short(sentence)}, strings.TrimSpace(phrase), true
		}
	}
	return Instruction{}, "", false
}

// in is the phrase of a sentence that takes the route; empty where none does.
func (r route) in(sentence, lower string) string {
	if !holdsOne(lower, r.words) {
		return ""
	}
	return r.pattern.FindString(sentence)
}

// purposeOf is what a sentence with a route is for; empty where it is about
// something else.
func purposeOf(sentence string, r route) string {
	for _, purpose := range purposes {
		if purpose.pattern.MatchString(sentence) {
			return purpose.name
		}
	}
	return r.usually
}
