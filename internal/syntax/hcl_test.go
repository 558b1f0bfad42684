package syntax_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/syntax"
)

func hclOf(t *testing.T, path, text string) syntax.Body {
	t.Helper()
	b, err := syntax.HCL.Of(detect.NewFile(path, []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tree is a body as lines, indented.
func tree(b syntax.Body, indent string) []string {
	var list []string
	for _, a := range b.Attributes {
		list = append(list, indent+attribute(a))
		if a.Body != nil {
			list = append(list, tree(*a.Body, indent+"  ")...)
		}
		for _, item := range append(a.List, a.Args...) {
			list = append(list, indent+"  "+attribute(item))
		}
	}
	for _, block := range b.Blocks {
		list = append(list, fmt.Sprintf("%s%s%q at %s", indent, block.Type, block.Labels, at(block.At)))
		list = append(list, tree(block.Body, indent+"  ")...)
	}
	return list
}

func attribute(a syntax.Attribute) string {
	value := a.Raw
	if a.Known {
		value = fmt.Sprintf("known %q", a.Text)
	}
	if a.Call != "" {
		value = "call " + a.Call
	}
	return fmt.Sprintf("%s = %s at %s", a.Name, value, at(a.At))
}

func TestHCL(t *testing.T) {
	same(t, []string{
		`z = known "last" at 12:1-11`,
		`a = known "-1.5" at 13:1-9`,
		`b = known "true" at 14:1-9`,
		`c = null at 15:1-9`,
		`h = known "one\ntwo\n" at 16-19`,
		`terraform[] at 2:1-10`,
		`  required_version = known ">= 1.5" at 3:3-30`,
		`  backend["s3"] at 4:3-15`,
		`    bucket = known "é" at 5:5-17`,
		`    key = "${var.x}/y" at 6:5-26`,
		`  required_providers[] at 8:3-21`,
		`    aws = { source = "hashicorp/aws", "version" = "~> 5", (var.k) = 1 } at 9:5-72`,
		`      source = known "hashicorp/aws" at 9:13-37`,
		`      version = known "~> 5" at 9:39-57`,
		`       = known "1" at 9:59-70`,
		`locals[] at 20:1-7`,
		`  list = ["a", var.b] at 21:3-22`,
		`     = known "a" at 21:11-14`,
		`     = var.b at 21:16-21`,
		`  file = call templatefile at 22:3-35`,
		`     = known "a.tpl" at 22:23-30`,
		`     = {} at 22:32-34`,
	}, tree(hclOf(t, "main.tf", `# comment
terraform {
  required_version = ">= 1.5"
  backend "s3" {
    bucket = "é"
    key    = "${var.x}/y"
  }
  required_providers {
    aws = { source = "hashicorp/aws", "version" = "~> 5", (var.k) = 1 }
  }
}
z = "last"
a = -1.5
b = true
c = null
h = <<EOF
one
two
EOF
locals {
  list = ["a", var.b]
  file = templatefile("a.tpl", {})
}
`), ""))
}

func TestHCLInJSON(t *testing.T) {
	same(t, []string{
		`terraform[] at 2:3-14`,
		`  required_version = known ">= 1.5" at 3:5-23`,
		`  backend["s3"] at 4:17-21`,
		`    bucket = known "b" at 4:24-32`,
		`resource["aws_s3_bucket" "a"] at 6:34-37`,
		`  bucket = ${var.x} at 6:40-48`,
		`module["vpc"] at 7:14-19`,
		`  source = known "./vpc" at 7:23-31`,
	}, tree(hclOf(t, "main.tf.json", `{
  "terraform": {
    "required_version": ">= 1.5",
    "backend": {"s3": {"bucket": "b"}}
  },
  "resource": {"aws_s3_bucket": {"a": {"bucket": "${var.x}"}}},
  "module": {"vpc": [{"source": "./vpc"}]}
}
`), ""))
}

func TestHCLThatIsNotValid(t *testing.T) {
	_, err := syntax.HCL.Of(detect.NewFile("a.tf", []byte("a {\n  b = \n}\n")))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("%v does not name the line", err)
	}
}

func TestHCLThatIsHostile(t *testing.T) {
	n := 20_000
	if v := os.Getenv("N"); v != "" {
		n, _ = strconv.Atoi(v)
	}
	for name, text := range map[string]string{
		"brackets":    "a = " + strings.Repeat("[", n),
		"braces":      strings.Repeat("a {\n", n/4),
		"parentheses": "a = " + strings.Repeat("(", n) + strings.Repeat(")", n),
		"calls":       "a = " + strings.Repeat("f(", n),
		"prefixes":    "a = " + strings.Repeat("!", n) + "true",
		"minus":       "a = " + strings.Repeat("- ", n) + "1",
		"conditions":  "a = " + strings.Repeat("b ? c : ", n) + "d",
		"templates":   "a = " + strings.Repeat(`"${`, n),
		"directives":  "a = \"" + strings.Repeat(`%{if x}`, n) + `"`,
		"objects":     "a = " + strings.Repeat("{b=", n),
		"for":         "a = " + strings.Repeat("[for x in ", n),
		"splats":      "a = b" + strings.Repeat("[*]", n),
		"traversals":  "a = b" + strings.Repeat(".c", n),
		"index":       "a = b" + strings.Repeat("[c", n),
		"operators":   "a = 1" + strings.Repeat(" + 1", n),
		"quotes":      strings.Repeat(`"`, n),
		"heredocs":    strings.Repeat("a = <<E\n", n/10),
		"utf8":        "a = \"\xff\xfe\"\n\xc3",
		"nul":         "a = \"\x00\"",
		"empty":       "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := syntax.HCL.Of(detect.NewFile("a.tf", []byte(text)))
			t.Logf("%.80v", err)
		})
	}
}
