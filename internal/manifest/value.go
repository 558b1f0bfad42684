package manifest

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A Held is what the value of a setting that should hold a secret really is.
type Held int

// What such a value may be.
const (
	// Nothing is held: it is empty or switched off.
	Nothing Held = iota
	// Reference says where the secret is, or is filled in later.
	Reference
	// Placeholder stands where a person puts the secret.
	Placeholder
	// Encrypted values, and hashes, give nothing away by themselves.
	Encrypted
	// Literal is the secret itself.
	Literal
)

// HeldBy says what the value of the setting of that name is.
func HeldBy(name, value string) Held {
	value = strings.TrimSpace(value)
	lower := strings.ToLower(value)
	switch {
	case nothing[lower]:
		return Nothing
	case encrypted.MatchString(value):
		return Encrypted
	case Filled(value) || reference.MatchString(value):
		return Reference
	case placeholder(name, lower):
		return Placeholder
	}
	return Literal
}

var nothing = map[string]bool{"": true, "null": true, "nil": true, "none": true, "false": true, "true": true, "~": true, "-": true, "n/a": true, "0": true, "1": true}

// encrypted matches what tools put in place of a secret: SOPS, Ansible Vault,
// Spring's and Vault's cipher texts, PGP, age, eyaml, and hashes of passwords.
var encrypted = regex.New(`^(ENC\[|\$ANSIBLE_VAULT;|\{cipher\}|vault:v[0-9]+:|-----BEGIN (PGP MESSAGE|AGE ENCRYPTED)|age-encryption\.org|` +
	`\$(1|2[abxy]?|5|6|7|y|apr1|argon2[a-z]*|pbkdf2[a-z0-9-]*|scrypt)\$|\{(SSHA|SHA|CRYPT|BCRYPT|PBKDF2)[0-9]*\}|pbkdf2_sha256\$|AgA[A-Za-z0-9+/]{200})`)

// reference matches values that name the place of a secret, or a variable.
var reference = regex.New(`(?i)^(op://|~?vault:|ref\+|secret://|secrets?[.:/]|arn:|ssm:|env[:.]|file:|aws-sm:|gcp-sm:|akv:|keyring:|lookup\(|` +
	`/run/secrets/|/var/run/|/etc/|/vault/|~/|\./|<path:|@Microsoft\.KeyVault|\{\{?resolve:|projects/[^/]+/secrets|` +
	`\(\([^)]+\)\)$|\$\\\{|\$[A-Z_][A-Z0-9_]*$|\$__|%[A-Z_][A-Z0-9_]*%$|#\{[^}]*\}#?$|__[A-Za-z0-9_]+__$|@[A-Za-z_]+@$|\$\[\[|!vault|!reference|module\.|var\.|local\.|data\.|valueFrom)`)

// words make a value a placeholder wherever they stand in it.
var words = []string{
	"changeme", "change-me", "change_me", "change me", "changeit", "change-it", "example", "placeholder", "replace", "your-", "your_", "yourp", "yours", "your ",
	"todo", "fixme", "dummy", "fake", "insert", "redacted", "xxx", "***", "...", "…", "put-", "put_", "enter-", "enter_", "enterpassword", "entersecret", "entertoken", "enterkey", "passwordhere", "tokenhere", "keyhere", "fill-", "fill_", "to-be-", "tbd",
	"not-used", "notused", "unused", "no-secret", "nosecret", "not_at_all_secret", "not-a-secret", "not-secret", "mysecret", "my-secret", "my_secret",
	"mypassword", "my-password", "my_password", "sample", "supersecret", "super-secret", "super_secret", "override", "snakeoil", "foobar", "testpass", "test-pass", "test_pass", "some-secret", "some_secret", "secret-here", "secret_here",
}

func placeholder(name, lower string) bool {
	if strings.HasPrefix(lower, "<") && strings.HasSuffix(lower, ">") || strings.HasPrefix(lower, "[") && strings.HasSuffix(lower, "]") {
		return true
	}
	for _, word := range words {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return repeats(strings.Map(letter, strings.ToLower(name)), strings.Map(letter, lower)) || repeated(lower) || counted(lower)
}

// repeats says whether a value says the end of its own name again: "SECRET" for
// "CLIENT_SECRET", "my_access_key" for "access_key".
func repeats(name, value string) bool {
	value = strings.TrimPrefix(value, "my")
	return value != "" && (value == name || len(value) > 3 && strings.HasSuffix(name, value))
}

// counted says whether a long value counts up, as what somebody types who needs
// any key does.
func counted(value string) bool {
	return len(value) >= 16 && (strings.Contains(value, "123456789") || strings.Contains(value, "000102030405") || strings.Contains(value, "abcdefghij"))
}

func letter(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

// repeated says whether a value is one character over and over.
func repeated(value string) bool { return len(value) > 1 && strings.Trim(value, value[:1]) == "" }

// LooksSecret says whether a text can hardly be anything but a secret: a
// private key, the token of a known product, or one long word of letters and
// digits that nobody would write by hand.
func LooksSecret(text string) bool {
	text = strings.TrimSpace(text)
	return privateKey.MatchString(text) || knownToken.MatchString(text) || random(text)
}

// privateKey matches the head of a private key and the beginning of what it is
// head of: dots in its place are none.
var privateKey = regex.New(`-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----(\\n|\s)*[A-Za-z0-9+/]{4}`)

// knownToken matches tokens that tell by their form who issued them.
var knownToken = regex.New(`^(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|glpat-[A-Za-z0-9_-]{20,}|xox[abpros]-[A-Za-z0-9-]{10,}|` +
	`hvs\.[A-Za-z0-9_-]{20,}|sk_live_[A-Za-z0-9]{16,}|rk_live_[A-Za-z0-9]{16,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{36}|` +
	`AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|dop_v1_[a-f0-9]{64}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})$`)

// random says whether a text is one word of at least 20 characters in which
// digits and letters of both cases mix.
func random(text string) bool {
	if len(text) < 20 || !oneWord.MatchString(text) {
		return false
	}
	digits, lower, upper := 0, 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z':
			lower++
		case r >= 'A' && r <= 'Z':
			upper++
		}
	}
	return digits > 1 && lower > 1 && upper > 1
}

var oneWord = regex.New(`^[A-Za-z0-9+/_=-]+$`)

// inURL matches the user and the password in a URL.
var inURL = regex.New(`([a-z][a-z0-9+.-]*://[^/\s:@"']+:)([^/\s:@"']{3,})@([A-Za-z0-9.-]+)`)

// registryToken matches the access token that a registry takes as a part of
// the path of an image.
var registryToken = regex.New(`(registry(?:-auth)?\.twistlock\.com/tw_)[a-z0-9]{20,}`)

// A Carried secret is one inside a longer text: its kind, and the user and the
// host that it opens where the text says them. The zero value is none.
type Carried struct{ What, User, Secret, Host string }

// Embedded is the secret that a longer text carries.
func Embedded(text string) Carried {
	hasUser := strings.Contains(text, "@") && strings.Contains(text, "://")
	if !hasUser && !strings.Contains(text, "twistlock") {
		return Carried{} // the patterns cost more, and nearly every text is of this kind
	}
	if m := inURL.FindStringSubmatch(text); m != nil && HeldBy("", m[2]) == Literal {
		_, user, _ := strings.Cut(strings.TrimSuffix(m[1], ":"), "://")
		return Carried{What: "password in a URL", User: user, Secret: m[2], Host: m[3]}
	}
	if m := registryToken.FindStringSubmatch(text); m != nil {
		return Carried{What: "token in a URL", Secret: m[0]}
	}
	return Carried{}
}
