package portal

import (
	"strings"

	"github.com/waymark-dev/waymark/internal/syntax"
)

// portEntity reads an entity of Port.
// Source: https://docs.port.io/build-your-software-catalog/sync-data-to-catalog/git/
func portEntity(_ scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	id, blueprint := doc.Get("identifier"), doc.Get("blueprint")
	owner := doc.Get("team").Text()
	if owner == "" {
		owner = doc.Get("properties", "owner").Text()
	}
	return Entry{
		Kind: blueprint.Text(), Name: id.Text(), Owner: owner,
		System: doc.Get("relations", "system").Text(), Lifecycle: doc.Get("properties", "lifecycle").Text(),
		Annotated: hasAddress(doc.Get("properties")), Relations: hasAny(doc.Get("relations")),
	}, id, id.IsScalar() && blueprint.IsScalar()
}

// cortexEntity reads a descriptor of Cortex, which is an OpenAPI document with
// extensions; the settings of the database of that name have none of them.
// Source: https://docs.cortex.io/ingesting-data-into-cortex/entities-overview/defining-entities/descriptor
func cortexEntity(_ scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	info := doc.Get("info")
	tag := info.Get("x-cortex-tag")
	kind := info.Get("x-cortex-type").Text()
	if kind == "" {
		kind = "service"
	}
	e := Entry{
		Kind: kind, Name: tag.Text(), Lifecycle: info.Get("x-cortex-lifecycle").Text(),
		Annotated: hasAny(info.Get("x-cortex-link")) || hasAny(info.Get("x-cortex-git")) || hasAny(info.Get("x-cortex-oncall")),
		Docs:      hasAny(info.Get("x-cortex-docs")), Relations: hasAny(info.Get("x-cortex-dependency")) || doc.Get("paths").IsMap(),
	}
	for _, owner := range info.Get("x-cortex-owners").Items() {
		e.Owner = first(e.Owner, owner.Get("name").Text(), owner.Get("email").Text())
	}
	for _, parent := range info.Get("x-cortex-parents").Items() {
		e.System = first(e.System, parent.Get("tag").Text())
	}
	return e, tag, tag.Text() != ""
}

// opslevelEntity reads OpsLevel's file.
// Source: https://docs.opslevel.com/docs/opslevel-yml
func opslevelEntity(_ scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	for _, kind := range []string{"service", "component", "system"} {
		part := doc.Get(kind)
		if name := part.Get("name"); name.Text() != "" {
			return Entry{
				Kind: kind, Name: name.Text(), Owner: part.Get("owner").Text(), System: part.Get("system").Text(), Lifecycle: part.Get("lifecycle").Text(),
				Annotated: hasAny(part.Get("tools")) || hasAny(part.Get("repositories")), Relations: hasAny(part.Get("dependencies")),
			}, name, true
		}
	}
	return Entry{}, syntax.Node{}, false
}

// compassEntity reads Atlassian Compass' file.
// Source: https://developer.atlassian.com/cloud/compass/config-as-code/structure-and-contents-of-a-compass-yml-file/
func compassEntity(_ scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	name := doc.Get("name")
	known := doc.Get("configVersion").Exists() || doc.Get("typeId").Exists() || doc.Get("ownerId").Exists() || strings.HasPrefix(doc.Get("id").Text(), "ari:")
	kind := first(doc.Get("typeId").Text(), "SERVICE")
	return Entry{
		Kind: strings.ToLower(kind), Name: name.Text(), Owner: doc.Get("ownerId").Text(), Lifecycle: doc.Get("fields", "lifecycle").Text(),
		Annotated: hasAny(doc.Get("links")), Relations: hasAny(doc.Get("relationships")),
	}, name, known && name.Text() != ""
}

// datadogEntity reads a definition of Datadog's catalogue: version 2 names the
// service at the top, version 3 in its metadata.
// Source: https://docs.datadoghq.com/internal_developer_portal/software_catalog/entity_model/
func datadogEntity(_ scene, doc syntax.Node) (Entry, syntax.Node, bool) {
	if name := doc.Get("dd-service"); name.Text() != "" {
		return Entry{
			Kind: "service", Name: name.Text(), Owner: doc.Get("team").Text(), System: doc.Get("application").Text(), Lifecycle: doc.Get("lifecycle").Text(),
			Annotated: hasAny(doc.Get("links")) || hasAny(doc.Get("integrations")),
		}, name, true
	}
	meta, spec := doc.Get("metadata"), doc.Get("spec")
	name := meta.Get("name")
	return Entry{
		Kind: doc.Get("kind").Text(), Name: name.Text(), Owner: meta.Get("owner").Text(), System: first(spec.Get("componentOf").Texts()...), Lifecycle: spec.Get("lifecycle").Text(),
		Annotated: hasAny(meta.Get("links")) || hasAny(doc.Get("integrations")), Relations: hasAny(spec.Get("dependsOn")),
	}, name, strings.HasPrefix(doc.Get("apiVersion").Text(), "v3") && name.Text() != ""
}

// hasAny says whether a node is a list or mapping that is not empty, or a text.
func hasAny(n syntax.Node) bool {
	for range n.Pairs() {
		return true
	}
	return len(n.Items()) > 0 || n.Text() != ""
}

// hasAddress says whether a value of a mapping is a web address.
func hasAddress(n syntax.Node) bool {
	for _, v := range n.Pairs() {
		if strings.HasPrefix(v.Text(), "https://") || strings.HasPrefix(v.Text(), "http://") {
			return true
		}
	}
	return false
}

// first is the first of the texts that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
