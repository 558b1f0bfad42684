package cloudformation

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func document(t *testing.T, text string) syntax.Node {
	t.Helper()
	docs, err := syntax.Data(detect.NewFile("stack.yaml", []byte(text)))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	return docs[0]
}

func TestSettingsOfResources(t *testing.T) {
	got := read(document(t, `
Transform: [AWS::Serverless-2016-10-31]
Resources:
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    DeletionPolicy: Retain
    Properties:
      AutoRollbackConfiguration:
        Enabled: true
        Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]
      Role: !GetAtt Role.Arn
      Application: {Ref: App}
      LoadBalancers: [{Name: web}, {Name: api}]
      Token: hush
`))
	want := Template{SAM: true, Resources: []Resource{{ID: "Group", Type: "AWS::CodeDeploy::DeploymentGroup", Line: 4, Settings: map[string]string{
		"AutoRollbackConfiguration.Enabled": "true", "AutoRollbackConfiguration.Events": "DEPLOYMENT_FAILURE DEPLOYMENT_STOP_ON_ALARM",
		"Role": "Role.Arn", "Application": "App", "LoadBalancers.Name": "web", "DeletionPolicy": "Retain",
	}}}}
	want.Secrets = got.Secrets
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSecretsByTheirPlace(t *testing.T) {
	got := read(document(t, `
Parameters:
  DbPassword: {Type: String, NoEcho: false, Default: hunter-2-hunter}
  SecretName: {Type: String, Default: gitea-password}
  ApiToken: {Type: String, NoEcho: true}
  AdminPassword: {Type: "AWS::SSM::Parameter::Value<String>", Default: /shop/admin}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: correct-horse-battery
  Replica:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: "{{resolve:secretsmanager:shop:SecretString:password}}"
  Other:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref DbPassword
`)).Secrets
	want := []Secret{{"DbPassword", 3}, {"MasterUserPassword", 11}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNestedTemplatesOfTheRepository(t *testing.T) {
	tree := detect.NewTree([]detect.Entry{{Path: "templates/main.yaml"}, {Path: "templates/vpc.yaml"}, {Path: "templates/db.yaml"}, {Path: "api/app.yaml"}}, nil)
	got := nested(tree, "templates", document(t, `
Resources:
  Vpc: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: vpc.yaml}}
  Db: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: !Sub "https://${Bucket}.s3.amazonaws.com/templates/db.yaml"}}
  App: {Type: "AWS::Serverless::Application", Properties: {Location: ../api/app.yaml}}
  Joined: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: {"Fn::Join": ["/", [{Ref: Base}, vpc.yaml]]}}}
  Other: {Type: "AWS::CloudFormation::Stack", Properties: {TemplateURL: "https://example.org/else.yaml"}}
`))
	if diff := cmp.Diff([]string{"templates/vpc.yaml", "templates/db.yaml", "api/app.yaml"}, got); diff != "" {
		t.Error(diff)
	}
}
