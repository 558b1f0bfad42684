package ci

// silentSteps are steps of Jenkins that tell nothing of what a pipeline does
// to the code.
var silentSteps = set("echo", "println", "print", "error", "unstable", "checkout", "git", "deleteDir", "cleanWs", "sleep", "milestone",
	"stash", "unstash", "properties", "parameters", "options", "library", "libraries", "pipelineTriggers", "cron", "readFile", "writeFile",
	"readJSON", "writeJSON", "readYaml", "writeYaml", "readProperties", "readMavenPom", "fileExists", "isUnix", "pwd", "tool", "env", "throw",
	"currentBuild", "buildDiscarder", "disableConcurrentBuilds", "disableResume", "skipDefaultCheckout", "timestamps", "string", "booleanParam",
	"choice", "text", "password", "credentials", "usernamePassword", "file", "sshUserPrivateKey", "logRotator", "libraryResource", "findFiles",
	"gitlabCommitStatus", "updateGitlabCommitStatus", "setBuildStatus", "params", "scm", "steps", "agent", "label", "any", "return", "assert",
	"withCredentials", "input", "add", "put", "get", "contains", "size", "trim", "split", "toString", "containerTemplate", "emptyDirVolume",
	"hostPathVolume", "secretVolume", "configMapVolume", "persistentVolumeClaim", "envVar", "secretEnvVar", "containerEnvVar")

// pluginSteps are steps of widespread plug-ins: whoever calls them takes them
// from no shared library.
var pluginSteps = set("junit", "archiveArtifacts", "archive", "publishHTML", "recordIssues", "recordCoverage", "publishCoverage", "cobertura", "jacoco",
	"slackSend", "emailext", "mail", "office365ConnectorSend", "mattermostSend", "discordSend", "githubNotify", "pullRequest", "step", "waitForQualityGate",
	"withSonarQubeEnv", "sonar", "snykSecurity", "dependencyCheck", "dependencyCheckPublisher", "xunit", "nunit", "mstest", "perfReport",
	"ansiblePlaybook", "ansibleTower", "kubernetesDeploy", "openshift", "openshiftDeploy", "openshiftBuild", "openshiftVerifyDeployment",
	"s3Upload", "s3Download", "cfnUpdate", "cfnValidate", "cfnDelete", "ecrLogin", "invokeLambda", "awsIdentity", "codedeploy", "azureWebAppPublish",
	"azureCLI", "pushToCloudFoundry", "nexusArtifactUploader", "nexusPublisher", "rtUpload", "rtDownload", "rtMavenRun", "rtGradleRun", "rtPublishBuildInfo",
	"sshPublisher", "sshCommand", "sshScript", "sshPut", "ftpPublisher", "deploy", "httpRequest", "docker", "dockerNode", "publishChecks", "withChecks",
	"withMaven", "withAWS", "withKubeConfig", "withDockerRegistry", "withVault", "withEnv", "nodejs", "configFileProvider", "jiraSendDeploymentInfo",
	"jiraSendBuildInfo", "jiraComment", "jiraTransitionIssue", "terraform", "vault", "jobDsl", "zip", "unzip", "tar", "untar", "sha256", "lastChanges",
	"allure", "cucumber", "gatlingArchive", "robot", "testng", "warnings", "checkstyle", "pmd", "spotbugs", "sendDeploymentInfo", "browserstack", "sauce")

// wrapperSteps run the block that follows them and change nothing that is
// looked at here.
var wrapperSteps = set("node", "script", "steps", "timeout", "retry", "timestamps", "ansiColor", "withCredentials", "withEnv", "ws", "wrap", "lock", "sshagent",
	"container", "podTemplate", "tools", "withMaven", "withAWS", "withKubeConfig", "withDockerRegistry", "withDockerContainer", "withDockerServer", "withVault",
	"withSonarQubeEnv", "nodejs", "configFileProvider", "waitUntil", "throttle", "docker.withRegistry", "docker.withServer", "gitlabCommitStatus", "withChecks",
	"withFolderProperties", "withGradle", "withAnt", "withPythonEnv", "xvfb", "dockerNode", "gitlabBuilds", "logstash", "rvm", "conda", "withCluster",
	"openshift.withCluster", "openshift.withProject", "stages", "wrappers", "withGoEnv", "cache", "jobcacher", "withAzureKeyvault", "withRegistry", "maskPasswords",
	"for", "while", "do", "switch", "finally", "synchronized", "realtimeJUnit", "collectEnv", "withContext")

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
