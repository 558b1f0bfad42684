package rules

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// movingJobs: jobs that run in a container by a moving tag.
func (s *Scene) movingJobs() []Sign {
	var signs []Sign
	for _, p := range s.livePipelines() {
		for _, j := range p.Jobs {
			if ref := j.Image; strings.ContainsAny(ref, ":/") && movingImage(ref) && !s.builtHere(ref) {
				signs = append(signs, toolsTaken(cmp.Or(j.ImageAt, j.At), s.seenBy[p.Path], checkMovingRun, fmt.Sprintf("the job %s runs in %s", j.ID, ref)+untagged(ref)))
			}
			for _, c := range j.Beside {
				if movingImage(c.Image) && !s.builtHere(c.Image) {
					signs = append(signs, toolsTaken(c.At, s.seenBy[p.Path], checkMovingRun, fmt.Sprintf("the job %s runs %s beside it", j.ID, c.Image)+untagged(c.Image)))
				}
			}
		}
	}
	return signs
}

// builtHere says whether an image bears the name of the repository, and so is
// mostly built from it.
func (s *Scene) builtHere(ref string) bool {
	registry, _, _ := strings.Cut(ref, "/")
	return !strings.Contains(registry, ".") && slices.Contains(imageParts(ref), strings.ToLower(s.Repo.Name))
}

// imageParts are the parts of the reference of an image.
func imageParts(ref string) []string {
	return strings.FieldsFunc(ref, func(r rune) bool { return strings.ContainsRune("/:@", r) })
}

// builtByCommand are the images that commands of tasks, scripts and pipelines
// build, as they name them.
func (s *Scene) builtByCommand() map[string]bool {
	if s.builtImages == nil {
		s.builtImages = map[string]bool{}
		s.eachCommand(func(_ string, c wiring.Command) {
			if slices.Contains(c.Words, "build") && slices.Contains(imagePrograms, path.Base(c.Words[0])) {
				s.builtImages[valueOf(c.Words, "-t", "--tag")] = true
			}
		})
	}
	return s.builtImages
}

// imagePrograms build and run images.
var imagePrograms = []string{"docker", "podman", "nerdctl", "buildah"}

// valueOf is the value of the first of some options of a command.
func valueOf(words []string, options ...string) string {
	for i, w := range words {
		name, value, joined := strings.Cut(w, "=")
		switch {
		case !slices.Contains(options, name):
		case joined:
			return value
		case i+1 < len(words):
			return words[i+1]
		}
	}
	return ""
}

// movingImage says whether a reference names an image by a moving tag; one that
// is filled in later cannot be told.
func movingImage(ref string) bool {
	if ref == "" || manifest.Filled(ref) || strings.ContainsAny(ref, "$%(){} ") {
		return false
	}
	_, tag, digest := manifest.SplitImage(ref)
	return digest == "" && manifest.Moving(tag)
}

// runOptions are options of "docker run" in front of a value.
var runOptions = strings.Fields("-v --volume -e --env -p --publish -w --workdir -u --user --name --network --net --entrypoint --mount --env-file -l --label --add-host --cap-add --platform --memory -m --cpus --hostname -h --link --restart --security-opt --tmpfs --ulimit --volumes-from --pull --gpus --device --dns --shm-size --ipc --pid --privileged= --health-cmd --health-interval --health-timeout --health-retries --log-driver --log-opt --runtime --cidfile --expose --group-add --userns --uts")

// ranImage is the image that a command runs or pulls, where it can only be one
// that is built elsewhere; else empty.
func ranImage(program string, words []string) string {
	if program == "kubectl" || program == "oc" {
		return valueOf(words, "--image")
	}
	if words[0] != "run" && words[0] != "pull" {
		return ""
	}
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case slices.Contains(runOptions, w):
			i++
		case strings.HasPrefix(w, "-"):
		case publicImage(w):
			return w
		default:
			return ""
		}
	}
	return ""
}

// publicImage says whether a word can only be an image that is built elsewhere:
// it names a registry, an owner or a tag. One without any may be built here.
func publicImage(word string) bool {
	return strings.Contains(word, "/") && !strings.HasPrefix(word, ".") && !strings.HasPrefix(word, "/") && !strings.HasPrefix(word, "localhost")
}

// untagged says that an image names no tag, which its reference alone does not
// show as wrong.
func untagged(ref string) string {
	if strings.ContainsAny(path.Base(ref), ":@$") {
		return ""
	}
	return ", without a tag"
}
