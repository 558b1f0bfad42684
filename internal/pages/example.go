package pages

import (
	"fmt"
	"slices"
	"strings"
)

// The titles of the sections that hold examples.
const (
	Seen    = "Seen"
	NotSeen = "Not seen"
	Blind   = "Blind"
)

// An Example is a small repository: the files of one section of a page.
//
// Each fenced block is a file. The first word of its info string is its
// language, the second its path, in quotes where it holds a space; a path that
// ends in "/" is a folder and "./" the repository itself, to hang words on.
// Each line that must be reported ends in a comment "seen: subject"; several
// such comments may follow each other. The words that may follow the path:
//
//	seen:3=subject             the third line is reported, where comments are not possible
//	seen:0=subject             a finding about the whole file or folder
//	blind                      the file must be a blind spot, and no other file may be
//	2024-05-31                 the day of a change of the file; the latest is its last
//	2024-05-31x12              twelve changes, one each week, the last on that day
//	2024-05-31=ann             … by an author; a name that ends in [bot] is no person
//	removed:2024-05-31         the file was removed that day, and is not in the tree
//	moved:2024-05-31=new/path  … and its contents are now in another file
//	was:TEXT                   its first line was this before its last change; without
//	                           the word, all of it was something else
//	executable                 the file's mode
//	link:target                the file is a symbolic link to a path from the root
//	origin:acme/shop           (of "./") owner and name in the remote; this is the default
//	tag:v1.2.0=2024-05-31      (of "./") a tag at the last commit up to that day
//
// An example without a date has no history.
type Example struct {
	// Title is the title of the section, after that of the one around it.
	Title string
	// Kind is Seen, NotSeen or Blind.
	Kind  string
	Files []File
	// Line is the line of the page that its title stands on.
	Line int
}

// A File is one file of an example.
type File struct {
	Path string
	Data []byte
	// Line is the line of the page that the first line of Data stands on.
	Line  int
	Marks []Mark
	Blind bool
	// Dates are the changes of the file, as written.
	Dates      []string
	Removed    string
	MovedTo    string
	Was        string
	Executable bool
	Link       string
	Origin     string
	Tags       []string
}

// A Mark says that a finding is expected.
type Mark struct {
	// Line counts from one in the file; 0 means the whole of it.
	Line    int
	Subject string
}

// Folder says that the file only stands for a folder.
func (f File) Folder() bool { return strings.HasSuffix(f.Path, "/") }

// Examples are all examples of a page, or what is wrong with how they are
// written.
func Examples(doc string) ([]Example, error) {
	r := exampleReader{}
	for i, l := range scanLines(doc) {
		r.number = i + 1
		if err := r.line(l); err != nil {
			return nil, fmt.Errorf("line %d: %w", r.number, err)
		}
	}
	r.end()
	return r.done, nil
}

type exampleReader struct {
	number int
	done   []Example
	open   Example
	data   strings.Builder
}

func (r *exampleReader) line(l line) error {
	if title, ok := l.heading(2); ok {
		r.end()
		r.open = Example{Title: title, Line: r.number}
		if slices.Contains([]string{Seen, NotSeen, Blind}, title) {
			r.open.Kind = title
		}
		return nil
	}
	if title, ok := l.heading(3); ok {
		r.end()
		r.open = Example{Title: r.open.Kind + ": " + title, Kind: r.open.Kind, Line: r.number}
		return nil
	}
	if r.open.Kind == "" {
		return nil
	}
	return r.fence(l)
}

func (r *exampleReader) fence(l line) error {
	switch l.kind {
	case opening:
		f, err := readInfo(l.info)
		f.Line = r.number + 1
		r.open.Files = append(r.open.Files, f)
		r.data.Reset()
		return err
	case content:
		f := r.file()
		text, subjects := cutMarks(l.text)
		r.data.WriteString(text + "\n")
		for _, s := range subjects {
			f.Marks = append(f.Marks, Mark{Line: r.number - f.Line + 1, Subject: s})
		}
	case closing:
		r.file().Data = []byte(r.data.String())
	}
	return nil
}

func (r *exampleReader) file() *File { return &r.open.Files[len(r.open.Files)-1] }

func (r *exampleReader) end() {
	if len(r.open.Files) > 0 {
		r.done = append(r.done, r.open)
	}
}
