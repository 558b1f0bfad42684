package wiring

import (
	"slices"
	"strings"
)

// reporting are calls of scanners that only report what they find: a program
// with words of its call.
// Sources: https://docs.zizmor.sh/usage/#exit-codes, the manuals of govulncheck
// and detect-secrets.
var reporting = map[string][]string{
	"zizmor":         {"--format=sarif"},
	"govulncheck":    {"-format=sarif", "-format=json", "-format=openvex", "-json"},
	"detect-secrets": {"scan"},
	"scorecard":      {"*"},
}

// onlyReports says whether a scanner is called so that it never fails by what it
// finds. What it reports may be judged elsewhere.
func onlyReports(words []string) bool {
	return slices.ContainsFunc(reporting[programName(words[0])], func(call string) bool {
		_, _, ok := match([]string{call}, words[1:])
		return ok
	})
}

// sendsToSonar says whether a command, or a block named by its reference, sends
// code to SonarQube, which judges it afterwards.
func sendsToSonar(words []string) bool {
	switch programName(words[0]) {
	case "sonar-scanner", "sonarscanner", "dotnet-sonarscanner":
		return true
	}
	return slices.ContainsFunc(words, func(w string) bool {
		task := w[strings.LastIndexByte(w, ':')+1:]
		return task == "sonar" || task == "sonarqube" || task == "sonarscanner" || strings.Contains(strings.ToLower(w), "sonarcloud-github-action") || strings.Contains(strings.ToLower(w), "sonarqube-scan-action")
	})
}

// qualityGates are parts of what waits for the judgement of SonarQube.
// Source: https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/ci-integration/overview/#quality-gate-fails
var qualityGates = []string{"qualitygate.wait=true", "quality-gate", "waitforqualitygate"}

// judgedLater says whether a scan leaves it to a service to judge what it finds,
// and nothing in its job waits for that.
func (in *instance) judgedLater(words []string) bool {
	if !sendsToSonar(words) || waitsForGate(strings.Join(words, " ")) {
		return false
	}
	return !slices.ContainsFunc(in.job.Steps, func(st Step) bool {
		if u := st.Uses; u != nil {
			if waitsForGate(u.Ref + " " + u.Path) {
				return true
			}
			for _, value := range u.With {
				if waitsForGate(value) {
					return true
				}
			}
		}
		return slices.ContainsFunc(st.Commands, func(c Command) bool { return waitsForGate(strings.Join(c.Words, " ")) })
	})
}

func waitsForGate(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(qualityGates, func(gate string) bool { return strings.Contains(text, gate) })
}
