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
	letters := strings.Map(letter, strings.ToLower(name))
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

func letter(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
