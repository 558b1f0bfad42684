package portal

import (
	_ "embed"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/regex"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed api.md
var apiDoc string

// APIs sees definitions of interfaces: OpenAPI and AsyncAPI documents, protobuf
// services, GraphQL schemas. Its values are an API each.
var APIs = &detect.Detector{
	ID: "portal/api-definition", Doc: apiDoc, File: apis,
	Match: slices.Concat(manifest.DependencyFiles, []string{
		"**/*.yaml", "**/*.yml", "**/*.proto", "**/*.graphql", "**/*.graphqls", "**/*.gql",
		"**/*openapi*.json", "**/*swagger*.json", "**/*asyncapi*.json", "**/*api*.json", "**/{openapi,swagger,asyncapi,spec,specs}/**/*.json",
	}),
}

func apis(p *detect.Pass, f *detect.File) error {
	switch path.Ext(f.Path) {
	case ".proto":
		services(p, f)
	case ".graphql", ".graphqls", ".gql":
		schemas(p, f)
	case ".yaml", ".yml":
		return described(p, f)
	case ".json":
		served(p, f)
		return described(p, f)
	default:
		served(p, f)
	}
	return nil
}

// definers are libraries that make a definition from the code of a program and
// serve it, by the start of their names.
var definers = []string{
	"@nestjs/swagger", "@fastify/swagger", "swagger-jsdoc", "tsoa", "express-oas-generator", "@asteasolutions/zod-to-openapi", "@hono/zod-openapi",
	"drf-spectacular", "drf-yasg", "fastapi", "flask-smorest", "flasgger", "connexion", "apispec", "apiflask",
	"org.springdoc:springdoc-openapi", "io.springfox:springfox", "io.swagger.core.v3:swagger", "io.quarkus:quarkus-smallrye-openapi", "io.micronaut.openapi:",
	"Swashbuckle.AspNetCore", "NSwag.AspNetCore", "Microsoft.AspNetCore.OpenApi",
	"github.com/swaggo/swag", "github.com/swaggest/rest", "github.com/danielgtaylor/huma", "rswag", "grape-swagger", "utoipa",
}

// served reports the first library of a package that serves a definition.
func served(p *detect.Pass, f *detect.File) {
	found, err := manifest.Dependencies.Of(f)
	if err != nil {
		return // the detectors of the format report it
	}
	for _, d := range found {
		if slices.ContainsFunc(definers, func(start string) bool { return strings.HasPrefix(d.Name, start) }) {
			p.Report(d.Name, d.At, "serves a definition that is made from the code", API{Format: "openapi", Title: d.Name, Served: true})
			return
		}
	}
}

// versionKeys are the keys at the top of a definition, by its format.
// Sources: https://spec.openapis.org/oas/latest.html and https://www.asyncapi.com/docs/reference/specification/latest
var versionKeys = map[string]string{"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi"}

func described(p *detect.Pass, f *detect.File) error {
	if !f.ContainsAny("openapi", "swagger", "asyncapi") || inTemplate(p.Repo.Tree, f.Path) {
		return nil
	}
	docs, err := syntax.Data(f)
	for _, doc := range docs {
		for key, format := range versionKeys {
			version, info := doc.Get(key), doc.Get("info")
			if !version.IsScalar() || !info.IsMap() || !hasContent(doc) {
				continue
			}
			title := info.Get("title").Text()
			p.Report(first(title, f.Path), version.Span(), format+" "+version.Text(), API{Format: format, Title: title, Version: info.Get("version").Text()})
		}
	}
	if err != nil && strings.Contains(path.Base(f.Path), "api") {
		return err
	}
	return nil
}

// hasContent says whether a definition defines something.
func hasContent(doc syntax.Node) bool {
	for _, key := range []string{"paths", "webhooks", "channels", "components", "operations"} {
		if hasAny(doc.Get(key)) {
			return true
		}
	}
	return false
}

// protoNoise are comments and strings of protobuf.
var protoNoise = regex.New(`(?s)//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"`)

var (
	protoPackage = regex.New(`(?m)^\s*package\s+([\w.]+)\s*;`)
	protoService = regex.New(`(?m)^\s*service\s+(\w+)\s*\{`)
)

// services reports the services of a protobuf file.
func services(p *detect.Pass, f *detect.File) {
	text := blank(protoNoise, string(f.Data))
	pkg := ""
	if m := protoPackage.FindStringSubmatch(text); m != nil {
		pkg = m[1] + "."
	}
	if strings.HasPrefix(pkg, "google.") || strings.HasPrefix(pkg, "grpc.") {
		return // copied in for the compiler
	}
	for _, m := range protoService.FindAllStringSubmatchIndex(text, -1) {
		name := pkg + text[m[2]:m[3]]
		p.Report(name, f.Bytes(m[2], m[3]), "protobuf service", API{Format: "protobuf", Title: name})
	}
}

// graphqlNoise are comments and descriptions of GraphQL.
var graphqlNoise = regex.New(`(?s)"""(?:[^"]|"[^"]|""[^"])*"""|#[^\n]*|"(?:\\.|[^"\\\n])*"`)

var graphqlRoot = regex.New(`(?m)^\s*(?:schema\s*[@{]|(?:extend\s+)?type\s+(?:Query|Mutation|Subscription)\b)`)

// schemas reports a GraphQL file that defines what can be asked.
func schemas(p *detect.Pass, f *detect.File) {
	text := blank(graphqlNoise, string(f.Data))
	if m := graphqlRoot.FindStringIndex(text); m != nil {
		start := m[0] + len(text[m[0]:m[1]]) - len(strings.TrimLeft(text[m[0]:m[1]], " \t\r\n"))
		p.Report(f.Path, f.Bytes(start, m[1]), "graphql schema", API{Format: "graphql", Title: path.Base(f.Path)})
	}
}

// blank replaces what the expression matches with spaces, byte by byte, so that
// offsets stay.
func blank(noise *regex.Pattern, text string) string {
	data := []byte(text)
	for _, m := range noise.FindAllIndex(data, -1) {
		for i := m[0]; i < m[1]; i++ {
			if data[i] != '\n' {
				data[i] = ' '
			}
		}
	}
	return string(data)
}
