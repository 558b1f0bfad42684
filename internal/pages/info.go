package pages

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/regex"
)

// splitInfo splits an info string at spaces; quotes keep a word together and
// are left out.
func splitInfo(info string) []string {
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	for _, r := range info {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case (r == ' ' || r == '\t') && !quoted:
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

var date = regex.New(`^\d{4}-\d{2}-\d{2}(x\d+)?(=.+)?$`)

func readInfo(info string) (File, error) {
	words := splitInfo(info)
	if len(words) < 2 {
		return File{}, errors.New("the block names no file: write its language and its path after the fence")
	}
	f := File{Path: words[1]}
	for _, w := range words[2:] {
		if err := f.word(w); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *File) word(w string) error {
	name, value, valued := strings.Cut(w, ":")
	switch {
	case w == "blind":
		f.Blind = true
	case w == "executable":
		f.Executable = true
	case date.MatchString(w):
		f.Dates = append(f.Dates, w)
	case valued:
		return f.valued(name, value)
	default:
		return fmt.Errorf("%q is not a word that may follow a path", w)
	}
	return nil
}

func (f *File) valued(name, value string) error {
	switch name {
	case "seen":
		return f.seen(value)
	case "removed":
		f.Removed = value
	case "was":
		f.Was = value
	case "moved":
		f.Removed, f.MovedTo, _ = strings.Cut(value, "=")
	case "link":
		f.Link = value
	case "origin":
		f.Origin = value
	case "tag":
		f.Tags = append(f.Tags, value)
	default:
		return fmt.Errorf("%q is not a word that may follow a path", name+":")
	}
	return nil
}

func (f *File) seen(value string) error {
	number, subject, ok := strings.Cut(value, "=")
	if !ok {
		return fmt.Errorf("seen:%s names no subject: write seen:LINE=SUBJECT", value)
	}
	line, err := strconv.Atoi("0" + number)
	if err != nil {
		return fmt.Errorf("seen:%s: %q is not a line", value, number)
	}
	f.Marks = append(f.Marks, Mark{Line: line, Subject: subject})
	return nil
}
