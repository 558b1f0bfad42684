package condition_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/condition"
)

func world(name string) condition.Value {
	switch name {
	case "github.event_name":
		return condition.Text("push")
	case "github.ref", "variables.Build.SourceBranch":
		return condition.Text("refs/heads/main")
	case "$CI_COMMIT_BRANCH", "env.BRANCH_NAME", "$CI_DEFAULT_BRANCH":
		return condition.Text("main")
	case "branch":
		return condition.Other("")
	case "ref":
		return condition.Other("refs/heads/")
	case "$CI_COMMIT_TAG":
		return condition.Null
	case "always()", "success()":
		return condition.Of(condition.True)
	}
	return condition.Value{}
}

func TestConditions(t *testing.T) {
	for text, want := range map[string]condition.Truth{
		"": condition.Unknown,
		"github.event_name == 'push' && github.ref == 'refs/heads/main'": condition.True,
		"${{ github.event_name != 'push' }}":                             condition.False,
		"!cancelled() && github.event_name == 'release'":                 condition.False,
		"always() && needs.build.result == 'success'":                    condition.Unknown,
		"${{ false }}":                      condition.False,
		"false":                             condition.False,
		"secrets.X != '' || 'a'":            condition.True,
		`github.ref == 'refs/heads/"main"'`: condition.False,
		"github.ref == format('refs/heads/{0}', env.BRANCH_NAME)":                  condition.True,
		"startsWith(github.ref, 'refs/tags/')":                                     condition.False,
		"startsWith(ref, 'refs/tags/')":                                            condition.False,
		"startsWith(ref, 'refs/heads/')":                                           condition.True,
		"startsWith(ref, 'refs/heads/release')":                                    condition.Unknown,
		"contains(ref, 'release')":                                                 condition.Unknown,
		"contains(fromJSON(x), 'a')":                                               condition.Unknown,
		`$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH`:                                  condition.True,
		`$CI_COMMIT_TAG`:                                                           condition.False,
		`$CI_COMMIT_TAG != null`:                                                   condition.False,
		`$CI_COMMIT_BRANCH =~ /^(main|develop)$/ && $CI_COMMIT_TAG == null`:        condition.True,
		`branch =~ /^(main|develop)$/`:                                             condition.False,
		`branch =~ /^release\/.*/i`:                                                condition.Unknown,
		`ref =~ /^release\/.*/`:                                                    condition.False,
		`branch =~ /.*/`:                                                           condition.True,
		`$CI_COMMIT_BRANCH !~ /^ma/`:                                               condition.False,
		`$CI_COMMIT_BRANCH =~ /(?=x)/`:                                             condition.Unknown,
		"and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))": condition.Unknown,
		"and(ne(variables['Build.SourceBranch'], 'refs/heads/main'), succeeded())": condition.False,
		"not(in(variables['Build.SourceBranch'], 'refs/heads/x', 'refs/heads/y'))": condition.True,
		"notIn(ref, 'a', 'b')":                                                     condition.True,
		"env.BRANCH_NAME ==~ /ma.*/ || params.ALL":                                 condition.True,
		"env.BRANCH_NAME.startsWith('rel')":                                        condition.False,
		"env.BRANCH_NAME.equals('main')":                                           condition.True,
		"not $CI_COMMIT_TAG and success()":                                         condition.True,
		"env.BRANCH_NAME = main AND NOT $CI_COMMIT_TAG":                            condition.Unknown,
		"env.BRANCH_NAME = 'main'":                                                 condition.True,
		"1 == 1":                                                                   condition.True,
	} {
		e, err := condition.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := e.In(world); got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	for _, text := range []string{"(", "a ==", "a b", "f(a", "'open", "a[", "== 1", "f(,)", "/a/"} {
		if e, err := condition.Parse(text); err == nil || e.In(world) != condition.Unknown {
			t.Errorf("%s: want an error and nothing known", text)
		}
	}
	for _, text := range []string{strings.Repeat("(", 5000), strings.Repeat("!", 5000), strings.Repeat("f(", 3000), strings.Repeat("a", 20_000)} {
		if _, err := condition.Parse(text); !errors.Is(err, condition.ErrTooLarge) {
			t.Errorf("%.10s…: %v, want ErrTooLarge", text, err)
		}
	}
}

func TestPatterns(t *testing.T) {
	for text, want := range map[string]string{
		"startsWith(github.ref, 'refs/heads/release/')": "refs/heads/release/**",
		"contains(x, 'hotfix') || a == 'main'":          "**hotfix**",
		`branch =~ /^release\/.*/`:                      "/^release/.*/",
		`branch =~ /^v\d+\.\d+$/`:                       `/^v\d+\.\d+$/`,
		`branch !~ /^(main|master)$/`:                   "",
		"a == 'b'":                                      "",
	} {
		e, err := condition.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		patterns, whole := e.Patterns()
		got := ""
		for _, p := range patterns {
			got += p.Text
		}
		if got != want || !whole {
			t.Errorf("%s has the patterns %q (all: %v), want %q", text, got, whole, want)
		}
	}
	for _, text := range []string{"startsWith(x, y)", `x =~ /[a-c]{7}z/`} {
		if e, _ := condition.Parse(text); true {
			if _, whole := e.Patterns(); whole {
				t.Errorf("%s: all patterns are told", text)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"${{ always() && a.b == 'c' }}", "$X =~ /a\\/b/i", "and(eq(variables['x'], 1), not(in('a','b')))", "!a.b('c')", "[", "''", "/"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		e, _ := condition.Parse(text)
		e.In(world)
		e.Literals()
		e.Patterns()
	})
}
