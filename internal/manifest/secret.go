package manifest

import "strings"

// secretEndings end the names of settings that hold a secret, letters only,
// with what such a setting holds. The first that fits counts.
var secretEndings = []struct{ ending, kind string }{
	{"password", "password"}, {"passwd", "password"}, {"passphrase", "password"}, {"pwd", "password"}, {"secret", "secret"}, {"token", "token"},
	{"apikey", "key"}, {"accesskey", "key"}, {"secretkey", "key"}, {"privatekey", "key"}, {"authkey", "key"}, {"encryptionkey", "key"},
	{"signingkey", "key"}, {"masterkey", "key"}, {"sharedkey", "key"}, {"accountkey", "key"},
}

// referring end the names of settings that look like a secret's and hold the
// name of one, or a place to get it, or the half of a pair that is no secret:
// the key of a client of OAuth is its name.
var referring = []string{
	"existingsecret", "imagepullsecret", "pullsecret", "tlssecret", "fromsecret", "createsecret", "usesecret", "secretsecret",
	"automountserviceaccounttoken", "serviceaccounttoken", "passwordsecret", "credentialssecret", "passwordsecretkey", "tokensecretkey", "keysecretkey", "secretsecretkey", "credentialssecretkey", "existingsecretkey", "oauthkey", "consumerkey", "generatepassword", "usepassword",
	"enabletoken", "nexttoken", "idtoken", "showpassword", "requirepassword", "resetpassword", "changepassword", "forgotpassword", "updatepassword",
}

// SecretName says whether a setting of that name holds a secret.
func SecretName(name string) bool { return SecretKind(name) != "" }

// SecretKind is the kind of the secret that a setting of that name holds, by
// the end of the name in any spelling ("dbPassword", "DB_PASSWORD",
// "db-password"): "password", "secret", "token" or "key"; empty where it holds
// none. What stands further in front in a name says what the secret is for.
func SecretKind(name string) string {
	if strings.Contains(strings.ToLower(name), "checksum") {
		return "" // of a secret, which starts what uses it anew
	}
	letters := lastLetters(name)
	for _, ending := range referring {
		if strings.HasSuffix(letters, ending) {
			return ""
		}
	}
	for _, e := range secretEndings {
		if strings.HasSuffix(letters, e.ending) {
			return e.kind
		}
	}
	return ""
}

// mostLetters are more than any of the endings has.
const mostLetters = 32

// lastLetters are the last letters of a name, in lower case and without what
// stands between them.
func lastLetters(name string) string {
	var room [mostLetters]byte
	from := len(room)
	for i := len(name) - 1; i >= 0 && from > 0; i-- {
		if b := name[i] | 0x20; b >= 'a' && b <= 'z' {
			from--
			room[from] = b
		}
	}
	return string(room[from:])
}
