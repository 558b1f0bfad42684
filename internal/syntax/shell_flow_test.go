package syntax_test

import "testing"

// Beside each text that never comes to its command stands an honest one that
// may.
func TestWhatIsNeverReached(t *testing.T) {
	const behind = " (never: it stands behind a condition that never holds)"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"exit":             {"ls\nexit 0\nmake", []string{"0: ls", "1: exit|0", "2: make (never: it stands behind exit 0)"}},
		"perhaps exit":     {"[ -n \"$X\" ] && exit 0\ntest -f y || exit 1\nmake", []string{"0: [|-n|$X|] (&& with more after it)", "0: exit|0", "1: test|-f|y", "1: exit|1", "2: make"}},
		"exit in a branch": {"if [ \"$X\" ]; then exit 0; fi\nmake", []string{"0: [|$X|] (condition)", "0: exit|0", "1: make"}},
		"exit in all":      {"if x; then exit 0; else exit 1; fi\nmake", []string{"0: x", "0: exit|0", "0: exit|1", "1: make (never: it stands behind exit 0)"}},
		"exit in a shell":  {"(exit 0)\nmake", []string{"0: exit|0", "1: make"}},
		"exit in a call":   {"die() { exit 1; }\ndie\nmake", []string{"0: exit|1", "2: make (never: it stands behind exit 1)"}},
		"return in a call": {"f() { return; make; }\nf\nls", []string{"0: return", "0: make (never: it stands behind return)", "2: ls"}},
		"exec":             {"exec app\nmake", []string{"0: app", "1: make (never: it stands behind exec)"}},
		"exec of a file":   {"exec 2>log\nmake", []string{"0: exec", "1: make"}},
		"true or":          {"true || make\n: || make\nx || make", []string{"0: true (|| make)", "0: make" + behind, "1: : (|| make)", "1: make" + behind, "2: x (|| make)", "2: make"}},
		"false and":        {"false && make || true\ny && make", []string{"0: false (|| true)", "0: make (|| true)" + behind, "0: true", "1: y", "1: make"}},
		"a constant test":  {"[ 1 = 2 ] && make\n[[ a == b ]] && make\n[ \"$A\" = 2 ] && make\ntest -z x || make", []string{"0: [|1|=|2|] (&& with more after it)", "0: make" + behind, "1: make" + behind, "2: [|$A|=|2|] (&& with more after it)", "2: make", "3: test|-z|x (|| make)", "3: make"}},
		"if false":         {"if false; then make a; elif x; then make b; else make c; fi", []string{"0: false (condition)", "0: make|a" + behind, "0: x (condition)", "0: make|b", "0: make|c"}},
		"if true":          {"if true; then make a; else make b; fi", []string{"0: true (condition)", "0: make|a", "0: make|b" + behind}},
		"while false":      {"while false; do make; done\nwhile true; do ls; done\nuntil true; do make; done", []string{"0: false (condition)", "0: make" + behind, "1: true (condition)", "1: ls", "2: true (condition)", "2: make" + behind}},
		"a list of none":   {"for x in; do make; done\nfor x in a b; do make; done\nfor x; do make; done", []string{"0: make" + behind, "1: make", "2: make"}},
		"always fails":     {"false\nmake", []string{"0: false", "1: make (never: it stands behind what always fails)"}},
		"inner exit":       {"bash -c 'exit 0; make a'\nmake b", []string{"0: exit|0 (no set -e)", "0: make|a (never: it stands behind exit 0)", "1: make|b"}},
		"a document":       {"cat <<EOF\nmake\nEOF\n: <<'EOF'\nmake\nEOF\nbash <<EOF\nmake c\nEOF", []string{"0: cat", "3: :", "7: make|c"}},
		"a shadowed tool":  {"terraform() { :; }\nterraform apply\ncommand terraform plan", []string{"0: :", "2: terraform|plan"}},
		"an alias":         {"alias terraform=echo\nterraform apply\nalias tf=tofu\ntf plan", []string{"1: echo|apply", "3: tofu|plan"}},
		"a runner":         {"run() {\n  echo \"$@\"\n  \"$@\"\n}\nrun make a\nrun make b || true", []string{"1: echo|make|a", "4: make|a", "1: echo|make|b (|| true)", "5: make|b (|| true)", "5: true"}},
		"uncalled":         {"a() { make a; }\nb() { a; make b; }\nc() { make c; }\nretry c\ntrap d EXIT\nd() { make d; }\necho b", []string{"3: retry|c", "4: trap|d|EXIT", "6: echo|b", "0: make|a (never: nothing calls a())", "0: make|a (never: nothing calls b())", "1: make|b (never: nothing calls b())", "2: make|c", "5: make|d"}},
		"called by name":   {"a() { make a; }\n\"$@\"", []string{"1: $@", "0: make|a"}},
		"kept":             {"bad=0\nmake a || bad=1\nmake b || other=1\nexit $bad", []string{"1: make|a", "2: make|b (|| …)", "3: exit|$bad"}},
		"kept output":      {"out=$(make a) || true\nseen=$(make b) || true\necho \"$seen\"\nif [ -n \"$out\" ]; then exit 1; fi", []string{"0: make|a", "0: true", "1: make|b (|| true)", "1: true", "2: echo|$seen", "3: [|-n|$out|] (condition)", "3: exit|1"}},
		"inverted":         {"! make a", []string{"0: make|a (!)"}},
		"looked at":        {"if ! make a; then exit 1; fi\n! make b || exit 1\n! make c && exit 1", []string{"0: make|a", "0: exit|1", "1: make|b (!)", "1: exit|1", "2: make|c", "2: exit|1"}},
	} {
		t.Run(name, func(t *testing.T) { same(t, c.want, commands(t, c.text, true, false)) })
	}
}
