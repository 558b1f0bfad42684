// Package secrets detects how secrets are kept: encrypted or elsewhere, or in
// plain text. It never keeps a value.
package secrets

// A Keeper is a way to keep secrets out of plain text: "sops",
// "sealed-secrets", "external-secrets", "vault", "aws-ssm",
// "aws-secrets-manager", "azure-key-vault", "gcp-secret-manager",
// "ansible-vault", "git-crypt", "1password", "doppler", "github-secrets".
type Keeper struct{ Name string }

// A Plain is a secret in plain text.
type Plain struct {
	// Name is the key or setting; What says of which kind it is: "password",
	// "private key", "token".
	Name, What string
	// Local says that it is of no use outside a developer's machine or a test.
	Local bool
}
