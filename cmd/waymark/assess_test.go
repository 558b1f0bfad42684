package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asked runs the program with an input.
func asked(t *testing.T, input string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = runWith(t.Context(), args, strings.NewReader(input), &out, &errs)
	return code, out.String(), errs.String()
}

func TestAssessKeepsAnswersThatCount(t *testing.T) {
	root := configured(t, "-- .waymark.yaml --\n# Ours.\nroles: [service] # as agreed\nanswers:\n  - {criterion: developer-portal, answer: yes, by: Bob, when: 2020-01-01, until: 2021-01-01}\n")
	_, stdout, _ := asked(t, "", "assess", "--as-of", "2026-05-01", root)
	questions := regexp.MustCompile(`(?m)^\d+/\d+ (\S+)`).FindAllStringSubmatch(stdout, -1)
	if len(questions) != 1 || !strings.Contains(stdout, "Nothing was answered") {
		t.Fatalf("with no input it says\n%s", stdout)
	}
	// Everything is left out but the portal, whose answer has expired.
	var input strings.Builder
	_, stdout, _ = asked(t, strings.Repeat("\n", 60), "assess", "--as-of", "2026-05-01", root)
	for _, q := range regexp.MustCompile(`(?m)^\d+/\d+ (\S+)`).FindAllStringSubmatch(stdout, -1) {
		if q[1] != "developer-portal" {
			input.WriteString("\n")
			continue
		}
		input.WriteString("perhaps\ny\nAda\nhttps://example.org/portal\nsoon\n2027-01-01\nq\n")
	}
	code, stdout, stderr := asked(t, input.String(), "assess", "--as-of", "2026-05-01", root)
	if code != exitDone {
		t.Fatalf("exit code %d, %s\n%s", code, stderr, stdout)
	}
	data, err := os.ReadFile(filepath.Join(root, ".waymark.yaml"))
	must(t, err)
	for _, line := range []string{"# Ours.", "roles: [service] # as agreed", "criterion: developer-portal", `by: "Ada"`, "when: 2026-05-01", `link: "https://example.org/portal"`, "until: 2027-01-01"} {
		if !strings.Contains(string(data), line) {
			t.Errorf("%q is missing in\n%s", line, data)
		}
	}
	if strings.Contains(string(data), "Bob") {
		t.Errorf("the answer that expired is still there:\n%s", data)
	}
	if outcome, source := told(t, root).outcome("developer-portal"); outcome != "met" || source != "answer" {
		t.Errorf("developer-portal is %s by %s", outcome, source)
	}
	if _, stdout, _ = asked(t, strings.Repeat("\n", 60), "assess", "--as-of", "2026-06-01", root); strings.Contains(stdout, "developer-portal") {
		t.Error("what was answered is asked again")
	}
}

func TestAssessDoesNotAskWhoWhereThatIsGiven(t *testing.T) {
	root := configured(t, "")
	code, stdout, stderr := asked(t, "y\n\n\nq\n", "assess", "--by", "Grace", root)
	if code != exitDone || strings.Contains(stdout, "Your name") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, stdout)
	}
	data, err := os.ReadFile(filepath.Join(root, ".waymark.yaml"))
	must(t, err)
	if !strings.Contains(string(data), `by: "Grace"`) {
		t.Errorf("the answer is not Grace's:\n%s", data)
	}
}

func TestInitWritesAConfigurationThatWorks(t *testing.T) {
	root := configured(t, "")
	if code, _, stderr := waymark(t, "init", root); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	file := filepath.Join(root, ".waymark.yaml")
	data, err := os.ReadFile(file)
	must(t, err)
	if before, after := told(t, "--ignore-repository-config", root), told(t, root); before.Verdict.Stage != after.Verdict.Stage || before.Verdict.Headline != after.Verdict.Headline {
		t.Error("the configuration changes the verdict although all of it is commented out")
	}
	used := regexp.MustCompile(`(?m)^#(\S|  )`).ReplaceAllString(string(data), "$1")
	used = strings.Replace(used, "extends: platform/waymark.yaml", "", 1)
	must(t, os.WriteFile(file, []byte(used), 0o644))
	if code, _, stderr := waymark(t, "scan", root); code != exitDone {
		t.Errorf("with every line in use: exit code %d, %s\n%s", code, stderr, used)
	}
	if code, _, stderr := waymark(t, "init", root); code != exitUsage || !strings.Contains(stderr, "is there already") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	if !strings.Contains(string(data), "until: 2027-05-01\n") {
		t.Errorf("the examples do not end a year after the commit:\n%s", data)
	}
	if code, stdout, _ := waymark(t, "init", "--print", root); code != exitDone || !strings.HasPrefix(stdout, "# Configuration of Waymark for example") {
		t.Errorf("exit code %d, %q", code, stdout)
	}
}

func TestExplainShowsTheArithmeticOfARepository(t *testing.T) {
	root := configured(t, "-- .waymark.yaml --\nchecks:\n  - {id: acme/own, criterion: known-ownership, title: Nobody answers, fix: Name somebody, exists: OWNERS}\n")
	for id, want := range map[string][]string{
		"2":                        {"together", "held from 2/3", "Stage 1, Ad hoc"},
		"maintained-documentation": {"Outcome     partial", "Subjects    ", "README.md:3", "Counts      1 of 2"},
		"docs/dead-link":           {"README.md:3  guide.md is not there", "1 gap"},
		"terraform/backend":        {"main.tf:2", "1 finding"},
		"acme/own":                 {"Nobody answers", "Fix: Name somebody", "1 gap"},
	} {
		code, stdout, stderr := waymark(t, "explain", id, root)
		if code != exitDone {
			t.Errorf("explain %s: exit code %d, %s", id, code, stderr)
		}
		for _, text := range want {
			if !strings.Contains(stdout, text) {
				t.Errorf("explain %s does not say %q:\n%s", id, text, stdout)
			}
		}
	}
	if code, _, stderr := waymark(t, "explain", "acme/other", root); code != exitUsage || !strings.Contains(stderr, "acme/other") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}
