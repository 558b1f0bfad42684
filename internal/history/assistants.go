package history

import "strings"

// credits are the trailers that name who had a part in a commit, in lower case.
var credits = set("co-authored-by", "assisted-by", "generated-by", "co-developed-by", "ai-assisted-by", "ai-assistant")

// assistantNames are how AI assistants sign, in lower case and without a
// version. Those that are also people's names (Claude, Devin, Jules, Cody) are
// known by their addresses instead.
var assistantNames = set(
	"copilot", "github copilot", "copilot-swe-agent", "cursor", "cursor agent", "codex", "openai codex", "chatgpt", "gpt-",
	"gemini", "gemini cli", "gemini code assist", "google gemini", "aider", "windsurf", "opencode", "amazon q", "amazon q developer",
	"junie", "kiro", "cline", "roo code", "claude code", "claude sonnet", "claude opus", "claude haiku", "claude ai", "devin ai",
	"devin-ai-integration", "google jules", "google-labs-jules", "sourcegraph cody",
)

// assistantHosts are where their addresses end.
var assistantHosts = set("anthropic.com", "cursor.com", "openai.com", "aider.chat", "ampcode.com", "windsurf.com", "codeium.com", "cognition.ai")

// assisted says whether a trailer of the message names an AI assistant.
func assisted(body string) bool {
	for line := range strings.Lines(body) {
		key, who, found := strings.Cut(line, ":")
		if found && len(key) < 20 && credits[strings.ToLower(strings.TrimSpace(key))] && isAssistant(strings.ToLower(who)) {
			return true
		}
	}
	return false
}

// isAssistant says whether "name <address>", in lower case, is an assistant's.
func isAssistant(who string) bool {
	name, email, _ := strings.Cut(who, "<")
	if i := strings.IndexAny(name, "0123456789("); i >= 0 {
		name = name[:i]
	}
	login, host, _ := strings.Cut(strings.Trim(email, " \t\r\n>"), "@")
	if _, after, found := strings.Cut(login, "+"); found {
		login = after
	}
	return assistantHosts[host] || assistantNames[unmarked(name)] || assistantNames[unmarked(login)]
}

// unmarked is a name without GitHub's mark of an app.
func unmarked(name string) string { return strings.TrimSuffix(strings.TrimSpace(name), "[bot]") }
