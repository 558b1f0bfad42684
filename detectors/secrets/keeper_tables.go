package secrets

// keeperKinds tell the keeper by the type of a Kubernetes object.
var keeperKinds = map[string]string{
	"SealedSecret.bitnami.com":                                "sealed-secrets",
	"ExternalSecret.external-secrets.io":                      "external-secrets",
	"ClusterExternalSecret.external-secrets.io":               "external-secrets",
	"SecretStore.external-secrets.io":                         "external-secrets",
	"ClusterSecretStore.external-secrets.io":                  "external-secrets",
	"PushSecret.external-secrets.io":                          "external-secrets",
	"ExternalSecret.kubernetes-client.io":                     "external-secrets",
	"VaultStaticSecret.secrets.hashicorp.com":                 "vault",
	"VaultDynamicSecret.secrets.hashicorp.com":                "vault",
	"VaultPKISecret.secrets.hashicorp.com":                    "vault",
	"VaultAuth.secrets.hashicorp.com":                         "vault",
	"VaultSecret.ricoberger.de":                               "vault",
	"OnePasswordItem.onepassword.com":                         "1password",
	"DopplerSecret.secrets.doppler.com":                       "doppler",
	"InfisicalSecret.secrets.infisical.com":                   "infisical",
	"BitwardenSecret.k8s.bitwarden.com":                       "bitwarden",
	"AzureKeyVaultSecret.spv.no":                              "azure-key-vault",
	"ksops.viaduct.ai":                                        "sops",
	"SopsSecret.isindir.github.com":                           "sops",
	"Secret.secretmanager.gcp.upbound.io":                     "gcp-secret-manager",
	"Secret.secretsmanager.aws.upbound.io":                    "aws-secrets-manager",
	"Secret.secretsmanager.aws.crossplane.io":                 "aws-secrets-manager",
	"SecretManagerSecret.secretmanager.cnrm.cloud.google.com": "gcp-secret-manager",
}

// providers tell the keeper by the provider of a SecretProviderClass.
// Source: https://secrets-store-csi-driver.sigs.k8s.io/providers
var providers = map[string]string{
	"azure": "azure-key-vault", "vault": "vault", "aws": "aws-secrets-manager", "gcp": "gcp-secret-manager",
}

// keeperCharts are charts that install a keeper.
var keeperCharts = map[string]string{
	"external-secrets": "external-secrets", "sealed-secrets": "sealed-secrets", "vault": "vault", "vault-secrets-operator": "vault",
	"vault-operator": "vault", "secrets-store-csi-driver": "secrets-store-csi-driver", "csi-secrets-store-provider-azure": "azure-key-vault",
	"secrets-store-csi-driver-provider-aws": "aws-secrets-manager", "connect": "1password", "doppler-kubernetes-operator": "doppler",
	"infisical-standalone": "infisical", "secrets-operator": "infisical", "sops-secrets-operator": "sops",
}

// keeperResources tell the keeper by the type of a CloudFormation resource, or
// of a Terraform resource or data source.
var keeperResources = map[string]string{
	"AWS::SecretsManager::Secret":           "aws-secrets-manager",
	"aws_ssm_parameter":                     "aws-ssm",
	"aws_ssm_parameters_by_path":            "aws-ssm",
	"aws_secretsmanager_secret":             "aws-secrets-manager",
	"aws_secretsmanager_secret_version":     "aws-secrets-manager",
	"aws_secretsmanager_secret_rotation":    "aws-secrets-manager",
	"azurerm_key_vault":                     "azure-key-vault",
	"azurerm_key_vault_secret":              "azure-key-vault",
	"azurerm_key_vault_secrets":             "azure-key-vault",
	"azurerm_key_vault_key":                 "azure-key-vault",
	"google_secret_manager_secret":          "gcp-secret-manager",
	"google_secret_manager_secret_version":  "gcp-secret-manager",
	"google_secret_manager_regional_secret": "gcp-secret-manager",
	"google_kms_secret":                     "gcp-kms",
	"aws_kms_secrets":                       "aws-kms",
	"aws_kms_secret":                        "aws-kms",
	"sops_file":                             "sops",
	"sops_external":                         "sops",
	"onepassword_item":                      "1password",
	"onepassword_vault":                     "1password",
	"doppler_secrets":                       "doppler",
	"infisical_secrets":                     "infisical",
	"bitwarden_secret":                      "bitwarden",
	"github_actions_secret":                 "github-secrets",
	"github_actions_organization_secret":    "github-secrets",
	"github_actions_environment_secret":     "github-secrets",
}

// keeperProviders tell the keeper by the provider of a Terraform
// configuration, where every resource of it belongs to the keeper.
var keeperProviders = map[string]string{"vault": "vault", "sops": "sops", "onepassword": "1password", "doppler": "doppler", "infisical": "infisical"}

// keeperPrefixes tell the keeper by the start of the type of a Terraform
// resource.
var keeperPrefixes = map[string]string{"vault_": "vault", "onepassword_": "1password", "doppler_": "doppler", "infisical_": "infisical"}

// A marker is a text that a value has only where a keeper stands behind it.
type marker struct{ text, keeper string }

// markers are looked for in whole values of YAML and JSON.
var markers = []marker{
	{"{{resolve:ssm", "aws-ssm"}, {"{{resolve:secretsmanager", "aws-secrets-manager"}, {"${ssm:", "aws-ssm"},
	{":secretsmanager:", "aws-secrets-manager"}, {":parameter/", "aws-ssm"}, {"op://", "1password"}, {"ref+vault://", "vault"},
	{"ref+awsssm://", "aws-ssm"}, {"ref+awssecrets://", "aws-secrets-manager"}, {"ref+gcpsecrets://", "gcp-secret-manager"},
	{"ref+azurekeyvault://", "azure-key-vault"}, {"ref+sops://", "sops"}, {"AzureKeyVault@", "azure-key-vault"}, {"Microsoft.KeyVault/vaults", "azure-key-vault"},
	{"@Microsoft.KeyVault(", "azure-key-vault"}, {"<path:", "vault"}, {"ENC[PKCS7,", "hiera-eyaml"}, {"ENC[GPG,", "hiera-eyaml"}, {"sm://", "gcp-secret-manager"},
	{"vault:secret/", "vault"}, {"${{ secrets.", "github-secrets"}, {"${{secrets.", "github-secrets"},
}
