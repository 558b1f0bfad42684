package history

import (
	"regexp"
	"strings"
)

// trailer is a line that credits somebody with the commit.
var trailer = regexp.MustCompile(`(?im)^[ \t]*(?:co-authored-by|assisted-by|generated-by|co-developed-by|ai-assistant|ai-assisted-by)[ \t]*:[ \t]*(.{1,200})$`)

// assistant is how AI assistants sign in such lines.
var assistant = regexp.MustCompile(`(?i)^(?:claude|(?:github )?copilot|copilot-swe-agent|cursor|cursor agent|codex|openai codex|chatgpt|gpt-\S+|gemini|gemini cli|devin|devin ai|aider|windsurf|cascade|cody|jules|junie|amazon q|opencode|amp|augment|cline|roo code|kiro|warp|zed|goose|factory-droid|sourcery|tabnine)\b[^<]*(?:<|$)` +
	`|<(?:[^>]*@anthropic\.com|[^>]*copilot@|(?:[0-9]+\+)?copilot(?:\[bot\]|-swe-agent)?[^>]*@users\.noreply\.github\.com|[^>]*@cursor\.com|[^>]*@openai\.com|[^>]*@aider\.chat|[^>]*devin-ai-integration[^>]*|[^>]*google-labs-jules[^>]*|[^>]*@(?:ampcode|sourcegraph|windsurf|codeium)\.com)>`)

// assisted says whether a trailer of the message names an AI assistant.
func assisted(body string) bool {
	if !strings.Contains(body, "-by:") && !strings.Contains(body, "-By:") {
		return false
	}
	for _, found := range trailer.FindAllStringSubmatch(body, 32) {
		if assistant.MatchString(strings.TrimSpace(found[1])) {
			return true
		}
	}
	return false
}
