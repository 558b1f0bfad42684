package manifest

import "strings"

// secretEndings end the names of settings that hold a secret, letters only.
var secretEndings = []string{
	"password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "secretaccesskey",
	"authkey", "encryptionkey", "signingkey", "masterkey", "sharedkey", "accountkey",
}

// referring end the names of settings that look like a secret's and hold the
// name of one, or a place to get it.
var referring = []string{
	"existingsecret", "imagepullsecret", "pullsecret", "tlssecret", "fromsecret", "createsecret", "usesecret", "secretsecret",
	"automountserviceaccounttoken", "serviceaccounttoken", "passwordsecret", "credentialssecret", "generatepassword", "usepassword",
	"enabletoken", "nexttoken", "idtoken", "showpassword", "requirepassword", "resetpassword", "changepassword", "forgotpassword", "updatepassword",
}

// SecretName says whether a setting of that name holds a secret: by the end of
// the name, in any spelling ("dbPassword", "DB_PASSWORD", "db-password").
func SecretName(name string) bool {
	if strings.Contains(strings.ToLower(name), "checksum") {
		return false // of a secret, which starts what uses it anew
	}
	letters := lastLetters(name)
	for _, ending := range referring {
		if strings.HasSuffix(letters, ending) {
			return false
		}
	}
	for _, ending := range secretEndings {
		if strings.HasSuffix(letters, ending) {
			return true
		}
	}
	return false
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
