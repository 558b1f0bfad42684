package syntax_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// commands are those of a text, as "line-last dir: words (swallowed)".
func commands(t *testing.T, text string, stops, pipefail bool) []string {
	t.Helper()
	found, err := syntax.Shell(text, stops, pipefail)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var list []string
	for _, c := range found {
		place := fmt.Sprint(c.Line)
		if c.Last != c.Line {
			place = fmt.Sprintf("%d-%d", c.Line, c.Last)
		}
		if c.Dir != "." {
			place += " in " + c.Dir
		}
		s := place + ": " + strings.Join(c.Words, "|")
		if c.Swallowed != "" {
			s += " (" + c.Swallowed + ")"
		}
		if c.Never != "" {
			s += " (never: " + c.Never + ")"
		}
		list = append(list, s)
	}
	return list
}

func TestShell(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"continuation": {"helm upgrade web \\\n  ./chart \\\n  --install\nls", []string{"0-2: helm|upgrade|web|./chart|--install", "3: ls"}},
		"heredoc":      {"kubectl apply -f - <<EOF\nkind: Pod # make test\nEOF\nls", []string{"0: kubectl|apply|-f|-", "3: ls"}},
		"quotes":       {`echo "a \"b\" $X" 'c' d\ e $'f'`, []string{`0: echo|a "b" $X|c|d e|f`}},
		"comment":      {"# terraform apply\nls # make", []string{"1: ls"}},
		"assignment":   {"A=1 B=2 make test", []string{"0: make|test"}},
		"wrappers":     {"sudo -u root env -u X A=1 nice -n 10 timeout -k 5 60s make -j4 test", []string{"0: make|-j4|test"}},
		"xargs":        {"ls | xargs -n 1 -I {} kubectl apply -f {}", []string{"0: ls (pipe without pipefail)", "0: kubectl|apply|-f|{}"}},
		"command -v":   {"command -v docker", []string{"0: command|-v|docker"}},
		"cd":           {"cd a\nmake\n(cd b && make)\nmake\npushd ../c\nls\npopd\nls\ncd \"$X\"\nls", []string{"1 in a: make", "2 in a/b: make", "3 in a: make", "5 in c: ls", "7 in a: ls", "9 in ?: ls"}},
		"or true": {"make test || true\nmake lint || exit 1\nmake a || echo no\nmake b || { echo x; exit 2; }\nmake c || exit 0", []string{
			"0: make|test (|| true)", "0: true", "1: make|lint", "1: exit|1", "2: make|a (|| echo no)", "2: echo|no", "3: make|b", "3: echo|x", "3: exit|2", "4: make|c (|| exit 0)", "4: exit|0"}},
		"or told":    {"make a || echo \"run `make b`\"", []string{"0: make|a (|| echo run `make b`)", "0: make|b (command substitution)", "0: echo|run `make b`"}},
		"and":        {"make a && make b\nmake c && make d || exit 1\n(make e && make f)", []string{"0: make|a (&& with more after it)", "0: make|b", "1: make|c", "1: make|d", "1: exit|1", "2: make|e", "2: make|f"}},
		"or die":     {"die() { echo \"$1\"; exit 1; }\nmake test || die no\nmake x || abort\nmake y || other", []string{"1: make|test", "0: echo|$1", "0: exit|1", "2: make|x", "2: abort", "3: make|y (|| other)", "3: other"}},
		"pipe":       {"make test | tee log\nset -o pipefail\nmake test | tee log", []string{"0: make|test (pipe without pipefail)", "0: tee|log", "2: make|test", "2: tee|log"}},
		"set":        {"set +e\nmake a\nset -euo pipefail\nmake b\nmake c", []string{"1: make|a (no set -e)", "3: make|b", "4: make|c"}},
		"kept":       {"make a || rc=$?\nexit $rc", []string{"0: make|a", "1: exit|$rc"}},
		"looks back": {"set +e\nmake a\nrc=$?\nmake b\nif [ $? -ne 0 ]; then exit 1; fi", []string{"1: make|a", "3: make|b", "4: [|$?|-ne|0|] (condition)", "4: exit|1"}},
		"condition": {"if make a; then ls; fi\nif ! make b; then exit 1; fi\nif make c; then ls; else exit 1; fi\nwhile ! make d; do sleep 1; done", []string{
			"0: make|a (condition)", "0: ls", "1: make|b", "1: exit|1", "2: make|c", "2: ls", "2: exit|1", "3: make|d (condition)", "3: sleep|1"}},
		"negated":    {"! make test\nls", []string{"0: make|test (!)", "1: ls"}},
		"background": {"make serve &\nmake test", []string{"0: make|serve (run in the background)", "1: make|test"}},
		"substitution": {"X=$(make a)\nexport Y=$(make b)\necho \"$(make c)\" `make d`\n[[ $(make e) == x ]]\nfor i in $(make f); do ls; done\ndiff <(make g) y", []string{
			"0: make|a", "1: make|b (command substitution)", "2: make|c (command substitution)", "2: make|d (command substitution)", "2: echo|$(make c)|`make d`",
			"3: make|e (command substitution)", "4: make|f (command substitution)", "4: ls", "5: make|g (command substitution)", "5: diff|<(make g)|y"}},
		"functions": {"test_all() {\n  make test\n}\nunused() { make unused; }\nmain() {\n  test_all || true\n  test_all\n}\nmain \"$@\"", []string{
			"1: make|test (|| true)", "5: true", "1: make|test", "3: make|unused (never: nothing calls unused())"}},
		"recursion": {"a() { b; make a; }\nb() { a; }\na", []string{"0: make|a"}},
		"inner": {"bash -c 'set -e\nmake a\nmake b'\nsh -ec \"make c && make \\\"$X\\\"\" || true\nbash -euo pipefail -c 'make d | cat'\neval \"make e\"\nbash ./x.sh", []string{
			"1: make|a", "2: make|b", "3: make|c (|| true)", "3: make|$X (|| true)", "3: true", "4: make|d", "4: cat", "5: make|e", "6: bash|./x.sh"}},
		"shell heredoc": {"bash -e <<'EOF'\nmake a\nmake b\nEOF\nls", []string{"1: make|a", "2: make|b", "4: ls"}},
		"case":          {"case $1 in\n  a) make a ;;\n  *) make b ;;\nesac", []string{"1: make|a", "2: make|b"}},
		"crlf":          {"make a \\\r\n  b\r\nls\r\n", []string{"0-1: make|a|b", "2: ls"}},
		"expressions": {"echo ${{ format('{0}', \n x) }} {{ y }}\ndeploy $[[ inputs.z ]] << parameters.p >> ${env.TAG} $(Build.BuildId)\ndocker ps --format '{{.Names}}'", []string{
			"0-1: echo|${{ format('{0}', \n x) }}|{{ y }}", "2: deploy|$[[ inputs.z ]]|<< parameters.p >>|${env.TAG}|$(Build.BuildId)", "3: docker|ps|--format|{{.Names}}"}},
		"shebang": {"#!/bin/bash -e\nmake a\nmake b", []string{"1: make|a", "2: make|b"}},
		"no -e":   {"#!/usr/bin/env bash\nmake a\nmake b", []string{"1: make|a (no set -e)", "2: make|b"}},
	} {
		t.Run(name, func(t *testing.T) { same(t, c.want, commands(t, c.text, true, false)) })
	}
}

func TestShellOfOthers(t *testing.T) {
	for _, text := range []string{
		"#!/usr/bin/env python3\nimport os\n", "#!/usr/bin/env fish\nls\n", "$env:X = 'a'\nif ($x -eq $true) { ls }\n", "@echo off\nif exist x (\n  rem y\n)\n)",
	} {
		if _, err := syntax.Shell(text, true, true); !errors.Is(err, syntax.ErrNotShell) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if _, err := syntax.Shell("{% for x in y %}\nif (a\n{% endfor %}", true, true); !errors.Is(err, syntax.ErrTemplated) {
		t.Errorf("%v", err)
	}
	if _, err := syntax.Shell("if true; then", true, true); err == nil || errors.Is(err, syntax.ErrNotShell) || !strings.Contains(err.Error(), "is not valid shell") {
		t.Errorf("%v", err)
	}
}

func TestShellThatIsHostile(t *testing.T) {
	for name, text := range map[string]string{
		"subshells":     strings.Repeat("(", 200_000),
		"substitutions": strings.Repeat("$(", 500_000),
		"backquotes":    strings.Repeat("`", 500_000),
		"blocks":        strings.Repeat("{ ", 400_000),
		"ifs":           strings.Repeat("if ", 300_000),
		"pipes":         strings.Repeat("a|", 19_000) + "a",
		"ands":          strings.Repeat("a&&", 9_000) + "a",
		"nested":        strings.Repeat("(", 9_000) + "a" + strings.Repeat(")", 9_000),
		"arithmetic":    "$((" + strings.Repeat("(", 9_000) + "1",
		"parameters":    strings.Repeat("${a:-", 9_000) + strings.Repeat("}", 9_000),
		"quoted":        strings.Repeat(`"$(echo `, 5_000) + strings.Repeat(`)"`, 5_000),
		"tests":         "[[ " + strings.Repeat("! ", 9_000) + "a ]]",
		"heredocs":      strings.Repeat("a <<E\n", 50_000),
		"words":         strings.Repeat("a ", 100_000),
		"lines":         strings.Repeat("a\n", 100_000),
		"masks":         strings.Repeat("{{ x }} ", 9_000),
		"open masks":    strings.Repeat("{{ x ", 9_000),
		"functions":     strings.Repeat("f() { f; f; }\n", 3_000),
		"utf8":          "a \xff\xfe",
		"nul":           "a \x00 b",
		"empty":         "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := syntax.Shell(text, true, true)
			t.Logf("%.60v", err)
		})
	}
}

// Each level of a nested text is gone over again by those that hold it.
func TestDeepShellTextsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"substitutions": `"` + strings.Repeat("$(", 19_000) + strings.Repeat(")", 19_000) + `"`, "subshells": strings.Repeat("( ", 19_000),
		"conditions": strings.Repeat("if true; then ", 9_000) + "a" + strings.Repeat("; fi", 9_000), "lists": strings.Repeat("a && ", 9_000) + "b",
		"backquotes": strings.Repeat("{ ", 9_000) + "a; " + strings.Repeat("}; ", 9_000),
	} {
		if _, err := syntax.Shell(text, true, false); err == nil || !strings.Contains(err.Error(), "nested") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if commands, err := syntax.Shell(strings.Repeat("a && ", 900)+"b", true, false); err != nil || len(commands) != 901 {
		t.Errorf("a long list: %d commands, %v", len(commands), err)
	}
}
