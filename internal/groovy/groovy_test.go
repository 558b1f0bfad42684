package groovy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/hostile"
)

// outline writes calls as "line name(args)", one a line, blocks indented.
func outline(calls []groovy.Call, indent string) string {
	var b strings.Builder
	for _, c := range calls {
		name := c.Name
		if c.Defines != "" {
			name = "def " + c.Defines
		}
		fmt.Fprintf(&b, "%s%d %s(%s)\n", indent, c.Line, name, list(c.Args))
		for _, a := range c.Args {
			b.WriteString(outline(a.Body, indent+"  "+a.Name+": "))
			b.WriteString(outline(a.Calls, indent+"  in: "))
		}
		b.WriteString(outline(c.Body, indent+"  "))
	}
	return b.String()
}

func list(args []groovy.Argument) string {
	var texts []string
	for _, a := range args {
		text := a.Text
		switch {
		case a.HasBody:
			text = "{}"
		case a.Literal:
			text = fmt.Sprintf("%q", text)
		}
		if a.Name != "" {
			text = a.Name + ": " + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

func TestCalls(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"comments are not code", "#!groovy sh 'a'\n// sh 'b'\n/* sh 'c'\n sh 'd' */ sh 'e' // sh 'f'", "4 sh(\"e\")\n"},
		{"texts are not code", `echo "sh 'a'"; echo '// b'; echo "/* c"`, "1 echo(\"sh 'a'\")\n1 echo(\"// b\")\n1 echo(\"/* c\")\n"},
		{"quotes and escapes", `sh 'it\'s'; sh "a \"b\" \$C $D ${e.f}"`, `1 sh("it's")` + "\n" + `1 sh("a \"b\" $C $D ${e.f}")` + "\n"},
		{"braces in an interpolation", `sh "x ${list.collect { it }.join('')} y"`, `1 sh("x ${list.collect ( it ).join('')} y")` + "\n"},
		{"slashes", "def r = /a'b/\ndef n = a / b / c\nsh 'x'", "3 sh(\"x\")\n"},
		{"blocks and conditions", "node('x') {\n stage('A') {\n  if (a == 'b') { sh 'c' } else sh 'd'\n }\n}",
			"1 node(\"x\")\n  2 stage(\"A\")\n    3 if(a == 'b')\n      3 sh(\"c\")\n    3 else()\n      3 sh(\"d\")\n"},
		{"named closures", "parallel(a: { sh 'x' }, 'b c': {\n sh 'y'\n}, failFast: true)",
			"1 parallel(a: {}, b c: {}, failFast: true)\n  a: 1 sh(\"x\")\n  b c: 2 sh(\"y\")\n"},
		{"a map of closures", "def jobs = [:]\njobs['a'] = {\n sh 'x'\n}\nparallel jobs", "2 ()\n  3 sh(\"x\")\n5 parallel(jobs)\n"},
		{"named arguments over lines", "sh script: 'a',\n   returnStatus: true\nbuild job: 'b'", "1 sh(script: \"a\", returnStatus: true)\n3 build(job: \"b\")\n"},
		{"chains", "docker.image('x')\n  .inside('-v') {\n sh 'y'\n}", "1 docker.image.inside(\"-v\")\n  3 sh(\"y\")\n"},
		{"definitions", "def deploy(String env, n = 1) {\n sh 'x'\n}\nvoid f() { g() }\ndeploy('prod')\nString s", "1 def deploy()\n  2 sh(\"x\")\n4 def f()\n  4 g()\n5 deploy(\"prod\")\n"},
		{"annotations", "@Library('lib@v1') _\n@Library([\n'a', 'b']) import x.Y\n@NonCPS\ndef f() { sh 'x' }",
			"1 @Library(\"lib@v1\")\n2 @Library([\n'a', 'b'])\n4 @NonCPS()\n5 def f()\n  5 sh(\"x\")\n"},
		{"sums of texts", "sh 'docker build -t ' + image.name + ' .'", "1 sh(\"docker build -t ${image.name} .\")\n"},
		{"calls in expressions", "def out = sh(script: 'x', returnStdout: true).trim()\nif (f('y') && g()) { h() }",
			"1 sh.trim()\n2 if(f('y') && g())\n  in: 2 f(\"y\")\n  in: 2 g()\n  2 h()\n"},
		{"switch", "switch (x) {\n case 'a':\n  sh 'b'\n  break\n default: sh 'c'\n}", "1 switch(x)\n  3 sh(\"b\")\n  5 sh(\"c\")\n"},
		{"classes are left out", "class X { def f() { sh 'a' } }\nsh 'b'", "2 sh(\"b\")\n"},
		{"unbalanced", ") } sh 'a' ]\nnode { sh 'b'", "1 sh(\"a\")\n2 node()\n  2 sh(\"b\")\n"},
	} {
		calls, err := groovy.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.want, outline(calls, "")); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestLinesOfTexts(t *testing.T) {
	calls, err := groovy.Parse("\nsh '''\nmake a\nmake \\\n  b\n'''\nsh \"c\\nd\"")
	if err != nil || len(calls) != 2 {
		t.Fatal(calls, err)
	}
	if diff := cmp.Diff([]int{2, 3, 4, 5, 6}, calls[0].Args[0].Lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("\nmake a\nmake \\\n  b\n", calls[0].Args[0].Text); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{7, 7}, calls[1].Args[0].Lines); diff != "" {
		t.Error(diff)
	}
}

func TestReceiversAndVariables(t *testing.T) {
	if calls, _ := groovy.Parse("def f(Map<String, Object> a, b = [:]) { x() }"); len(calls) != 1 || len(calls[0].Params) != 2 || calls[0].Params[0] != "a" {
		t.Errorf("%+v", calls)
	}
	calls, _ := groovy.Parse("def app = docker.build('x')\napp.inside { }\ndocker.image('y').push('1')")
	if calls[0].Assigned != "app" || calls[2].Receiver == nil || calls[2].Receiver.Text("") != "y" {
		t.Errorf("%+v", calls)
	}
}

func TestHostileTexts(t *testing.T) {
	for _, unit := range []string{"{", "(", "[", "}", "a{", "if(a)", "case ", "class ", "/ ", "\"${", "'", "'''", "a.", "a\n", "\n", "a,", "$/", "@a ", "x=", "sh 'x' + y + ", "/*", "def a b("} {
		if _, err := groovy.Parse(strings.Repeat(unit, 50_000/len(unit))); err != nil {
			t.Errorf("%q: %v", unit, err)
		}
	}
	if _, err := groovy.Parse(strings.Repeat("a", 3<<20)); err == nil {
		t.Error("a script of 3 MB was read")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"pipeline { stages { stage('a') { steps { sh '''x''' } } } }", "@Library('a@b') _\nf(x: [a: 1, b: { y }]) { z -> q }", "\"${a{b}}\" /x/ $/y/$", "def f(a=1){if(a)b c,d else e}"} {
		f.Add(seed)
	}
	hostile.Seeds(f, func(_ string, data []byte) { f.Add(string(data)) }, "Jenkinsfile", ".jenkinsfile", ".groovy", ".gradle")
	f.Fuzz(func(t *testing.T, text string) {
		calls, err := groovy.Parse(text)
		if err == nil {
			within(t, text, calls)
		}
	})
}

func within(t *testing.T, text string, calls []groovy.Call) {
	t.Helper()
	lines := strings.Count(text, "\n") + 1
	for _, c := range calls {
		if c.Line < 1 || c.End > lines || c.Start < 0 || c.Stop > len(text) || c.Start > c.Stop {
			t.Fatalf("%s lies outside: %+v", c.Name, c)
		}
		for _, a := range c.Args {
			if a.Line < 1 || a.Line > lines || a.Literal && len(a.Lines) != strings.Count(a.Text, "\n")+1 {
				t.Fatalf("argument of %s lies outside: %+v", c.Name, a)
			}
			within(t, text, a.Body)
			within(t, text, a.Calls)
		}
		within(t, text, c.Body)
	}
}
