package containers

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/manifest"
	"github.com/waymark-dev/waymark/internal/syntax"
)

//go:embed base.md
var baseDoc string

// Bases sees the images that image builds start from or copy from. Its values
// are a Base each.
var Bases = &detect.Detector{ID: "containers/base-image", Doc: baseDoc, Match: dockerfiles, File: bases}

func bases(p *detect.Pass, f *detect.File) error {
	list, err := instructions(f)
	if err != nil {
		return err
	}
	s := stages{arguments: map[string]string{}, names: map[string]bool{}}
	for _, i := range list {
		switch i.Name {
		case "ARG":
			s.argument(i)
		case "FROM":
			if len(i.Words) == 0 {
				continue
			}
			stage := ""
			if len(i.Words) >= 3 && strings.EqualFold(i.Words[1], "as") {
				stage = i.Words[2]
			}
			s.report(p, i.Words[0], stage, i.At)
			s.begin(stage)
		case "COPY", "ADD", "RUN":
			for _, ref := range taken(f, i) {
				s.report(p, ref, "", i.At)
			}
		}
	}
	return nil
}

// stages is what is known of a Dockerfile on the way down: the arguments that
// FROM may use, which stand before the first one, and the names of stages.
type stages struct {
	arguments map[string]string
	names     map[string]bool
	count     int
}

func (s *stages) argument(i syntax.Instruction) {
	if s.count > 0 {
		return
	}
	for _, word := range i.Words {
		name, value, _ := strings.Cut(word, "=")
		s.arguments[name] = strings.Trim(value, `"'`)
	}
}

func (s *stages) begin(stage string) {
	s.names[strconv.Itoa(s.count)] = true
	if stage != "" {
		s.names[strings.ToLower(stage)] = true
	}
	s.count++
}

func (s *stages) report(p *detect.Pass, ref, stage string, at detect.Span) {
	expanded, whole := s.expand(ref, 0)
	if expanded == "" || expanded == "scratch" || s.names[strings.ToLower(expanded)] {
		return
	}
	b := baseOf(expanded)
	b.Stage, b.Argument = stage, !whole
	p.Report(b.Name, at, b.Ref, b)
}

// expand puts the defaults of arguments in place of $NAME, ${NAME},
// ${NAME:-word} and ${NAME:+word}, and says whether nothing is left open.
func (s *stages) expand(ref string, depth int) (string, bool) {
	var b strings.Builder
	whole := true
	for {
		before, after, found := strings.Cut(ref, "$")
		b.WriteString(before)
		if !found {
			return b.String(), whole
		}
		name, rest := variable(after)
		value := s.value(name)
		ref = rest
		if value == "" || depth > 4 {
			whole = false
			b.WriteString("$" + strings.TrimSuffix(after, rest))
			continue
		}
		inner, complete := s.expand(value, depth+1)
		whole = whole && complete
		b.WriteString(inner)
	}
}

func (s *stages) value(expression string) string {
	name, word, found := strings.Cut(expression, ":-")
	if value := s.arguments[name]; value != "" || !found {
		return value
	}
	return word
}

// variable is the name, or the expression in braces, that a text starts with
// after its dollar, and what follows.
func variable(text string) (string, string) {
	if inside, ok := strings.CutPrefix(text, "{"); ok {
		if name, rest, closed := strings.Cut(inside, "}"); closed {
			return name, rest
		}
		return "", ""
	}
	end := strings.IndexFunc(text, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

// taken are the images that flags of an instruction name: "COPY --from=…" and
// "RUN --mount=type=bind,from=…".
func taken(f *detect.File, i syntax.Instruction) []string {
	var refs []string
	words := strings.Fields(string(f.Data[i.At.Start.Offset:i.At.End.Offset]))
	for _, word := range words[min(1, len(words)):] {
		if !strings.HasPrefix(word, "--") {
			return refs
		}
		if ref, ok := strings.CutPrefix(word, "--from="); ok {
			refs = append(refs, ref)
		}
		if mount, ok := strings.CutPrefix(word, "--mount="); ok {
			for _, option := range strings.Split(mount, ",") {
				if ref, ok := strings.CutPrefix(option, "from="); ok {
					refs = append(refs, ref)
				}
			}
		}
	}
	return refs
}

func baseOf(ref string) Base {
	ref = manifest.Redacted(ref)
	b := Base{Ref: ref}
	b.Name, b.Tag, b.Digest = manifest.SplitImage(ref)
	return b
}
