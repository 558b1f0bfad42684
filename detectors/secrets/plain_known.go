package secrets

import (
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

// known says whether everybody knows a password, because images and guides use
// it, or because it is made of words like these: it protects nothing, and is of
// no use elsewhere.
func known(value string) bool {
	lower := strings.ToLower(value)
	return defaults[lower] || commonWords.MatchString(lower)
}

var defaults = map[string]bool{
	"secret": true, "minioadmin": true, "1234": true, "12345": true, "123456": true, "12345678": true, "p@ssw0rd": true, "passw0rd": true, "letmein": true,
	"cassandra": true, "neo4j": true, "elastic": true, "keycloak": true, "superset": true, "airflow": true, "prom-operator": true, "toor": true, "c1oudc0w": true,
	"tiger": true, "qwerty": true,
}

// commonWords matches values of nothing but such words, and digits behind them.
var commonWords = regex.New(`^(?:(?:my|your|some|new|value|default|local|tests?|testing|tutorial|demo|dev|admin|administrator|root|user|username|db|database|postgres|mysql|mongo|redis|rabbitmq|grafana|guest|pass|passwd|password|pwd|pw|secret|token|key|access|api|client|id)[-_.]?)+[0-9]{0,4}[!@#$]?$`)

// publicPrefixes begin the names of variables whose values are built into what
// browsers load: everybody who opens the page has them.
// Sources: https://create-react-app.dev/docs/adding-custom-environment-variables/,
// https://vite.dev/guide/env-and-mode, https://nextjs.org/docs/app/guides/environment-variables
var publicPrefixes = regex.New(`^(?:REACT_APP|VITE|NEXT_PUBLIC|VUE_APP|NUXT_PUBLIC|NUXT_ENV|GATSBY|EXPO_PUBLIC|PUBLIC)_`)

// testName matches names that say themselves that they serve tests.
var testName = regex.New(`(?i)(?:^|[_.-])tests?(?:[_.-]|$)`)

// public says whether a setting by that name is meant for everybody, or for
// tests only.
func public(name string) bool { return publicPrefixes.MatchString(name) || testName.MatchString(name) }

// offered says whether a file holds the values of a chart beside it: what stands
// in it until an installation gives other values.
func offered(tree *detect.Tree, p string) bool {
	base := path.Base(p)
	_, beside := tree.File(path.Join(path.Dir(p), "Chart.yaml"))
	return beside && strings.HasPrefix(base, "values") && (path.Ext(base) == ".yaml" || path.Ext(base) == ".yml")
}

// userName says whether a setting of that name names a user.
func userName(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, "user") || strings.HasSuffix(lower, "username") || strings.HasSuffix(lower, "login")
}

// shown says whether a mapping stands for what its reader fills in: an address
// beside the secret is of a domain that is kept for examples, or another value
// is made up.
// Source: RFC 2606
func shown(in syntax.Node) bool {
	for key, value := range in.Pairs() {
		text := value.Text()
		if text != "" && (reserved.MatchString(text) || !manifest.SecretName(key.Text()) && (madeUp(text) || variable.MatchString(text) && sameName(key.Text(), text))) {
			return true
		}
	}
	return false
}

var reserved = regex.New(`(?i)(?:^|[./@])example\.(?:com|org|net)(?:[:/]|$)|\.(?:test|invalid|example)(?:[:/]|$)`)

// madeUp says whether a value is one character over and over, or is called a
// dummy.
func madeUp(text string) bool {
	return len(text) >= 12 && strings.Trim(text, text[:1]) == "" || strings.HasPrefix(text, "dummy")
}

// sameName says whether a value is the name of its own setting, as in
// "keyId: KEY_ID".
func sameName(key, value string) bool {
	return strings.EqualFold(strings.ReplaceAll(key, "_", ""), strings.ReplaceAll(value, "_", ""))
}
