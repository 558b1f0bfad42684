package wiring

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// imageBuild follows a command that builds an image into the Dockerfile: tests
// may run there.
func (b *builder) imageBuild(s scope, words []string, at detect.Span) {
	if !buildsImage(words) {
		return
	}
	rest, values := options(words[1:], buildOptions)
	context := "."
	if len(rest) > 1 {
		context = rest[len(rest)-1]
	}
	b.dockerfile(s, first(values, "-f", "--file", "--dockerfile"), first(map[string]string{"": context, "--context": values["--context"]}, "--context", ""), at)
}

// buildOptions are options of an image build in front of a value.
const buildOptions = "-t --tag -f --file --build-arg --target --platform --cache-from --cache-to --label --network --secret --ssh --output -o --progress --build-context --builder --iidfile --dockerfile --context --destination -c -d --metadata-file --add-host --isolation --memory --shm-size --attest --provenance --sbom"

func buildsImage(words []string) bool {
	switch programName(words[0]) {
	case "docker", "podman", "nerdctl", "buildah", "depot", "img":
		for _, sub := range []string{"build", "buildx build", "image build", "bud"} {
			if _, _, ok := match(strings.Fields(sub), words[1:]); ok {
				return true
			}
		}
	case "executor", "kaniko":
		return true
	}
	return false
}

// actionBuild follows an action that builds an image: its inputs name the
// Dockerfile or its folder.
func (b *builder) actionBuild(s scope, u Use) {
	file, context := u.With["dockerfile"], u.With["context"]
	if file == "" && u.With["file"] != "" && strings.Contains(strings.ToLower(u.With["file"]), "docker") {
		file = u.With["file"]
	}
	if file == "" && context == "" && !strings.Contains(u.Ref, "build-push") && !strings.Contains(u.Ref, "docker-build") {
		return
	}
	if strings.Contains(context, "://") || context == "" {
		context = "."
	}
	s.dir = "."
	b.dockerfile(s, file, context, u.At)
}

// dockerfile follows the commands of a Dockerfile. They run in the image, where
// what is copied is most often the context.
func (b *builder) dockerfile(s scope, file, context string, at detect.Span) {
	name := path.Join(context, "Dockerfile")
	if file != "" {
		name = file
	}
	for _, script := range b.dockerfiles(join(s.dir, ""), name) {
		b.enter(script, func() {
			inner := s.through(at)
			inner.checks, inner.home = true, path.Dir(script.Path)
			inner.dir = join(s.dir, context)
			b.commands(inner, script.Commands)
		})
	}
}

var placeholder = regex.New(`\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|<<[^>]*>>`)

// maxImages bounds the Dockerfiles that one name with a placeholder stands for.
const maxImages = 10

// dockerfiles are those that a name stands for; placeholders stand for anything
// but a slash.
func (b *builder) dockerfiles(dir, name string) []*Script {
	pattern := placeholder.ReplaceAllString(strings.TrimPrefix(name, "./"), "*")
	if !strings.ContainsRune(pattern, '*') {
		if script := b.scripts[join(dir, pattern)]; script != nil && script.Language == "dockerfile" {
			return []*Script{script}
		}
		return nil
	}
	if b.visits <= 0 {
		return nil
	}
	var found []*Script
	for p, script := range b.scripts {
		if script.Language == "dockerfile" && fits(pattern, p) {
			found = append(found, script)
		}
	}
	slices.SortFunc(found, func(a, b *Script) int { return strings.Compare(a.Path, b.Path) })
	return found[:min(len(found), maxImages)]
}
