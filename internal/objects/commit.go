package objects

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"
)

// A Commit is one commit.
type Commit struct {
	ID      ID
	Tree    ID
	Parents []ID
	// Cut says that the clone is shallow here: there are parents, but not in
	// this clone.
	Cut                       bool
	Author, Committer         Person
	AuthorTime, CommitterTime time.Time
	Message                   string
}

// A Tag is an annotated tag.
type Tag struct {
	ID, Target ID
	Name       string
	Tagger     Person
	Time       time.Time // zero where nobody signed
	Message    string
}

// A Person is a name and an e-mail address as somebody typed them.
type Person struct{ Name, Email string }

var (
	errCommit = errors.New("commit is damaged")
	errTag    = errors.New("tag is damaged")
)

// ParseCommit reads a commit as it is stored.
func ParseCommit(raw []byte) (Commit, error) {
	var c Commit
	head, message, _ := bytes.Cut(raw, []byte("\n\n"))
	c.Message = string(message)
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte("\n"))
		key, value, _ := bytes.Cut(line, []byte(" "))
		switch string(key) {
		case "tree":
			c.Tree = parseRawID(value)
		case "parent":
			c.Parents = append(c.Parents, parseRawID(value))
		case "author":
			c.Author, c.AuthorTime = parsePerson(string(value))
		case "committer":
			c.Committer, c.CommitterTime = parsePerson(string(value))
		}
	}
	return c, check(c)
}

func check(c Commit) error {
	if c.Tree == Zero {
		return errCommit
	}
	for _, p := range c.Parents {
		if p == Zero {
			return errCommit
		}
	}
	return nil
}

// ParseTag reads an annotated tag as it is stored.
func ParseTag(raw []byte) (Tag, error) {
	var t Tag
	head, message, _ := strings.Cut(string(raw), "\n\n")
	t.Message = message
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch key {
		case "object":
			t.Target = parseRawID([]byte(value))
		case "tag":
			t.Name = value
		case "tagger":
			t.Tagger, t.Time = parsePerson(value)
		}
	}
	if t.Target == Zero {
		return t, errTag
	}
	return t, nil
}

// parseRawID is Zero for what is no ID.
func parseRawID(text []byte) ID {
	id, err := ParseID(string(text))
	if err != nil {
		return Zero
	}
	return id
}

// parsePerson reads "Name <address> seconds zone". Like git it takes the last
// ">" for the end of the address, because there are names with a "<" in them,
// and a time that cannot be read for the beginning of 1970.
func parsePerson(line string) (Person, time.Time) {
	var p Person
	end := strings.LastIndexByte(line, '>')
	start := strings.IndexByte(line, '<')
	if start < 0 || end < start {
		return Person{Name: strings.TrimSpace(line)}, time.Unix(0, 0).UTC()
	}
	p.Name, p.Email = strings.TrimSpace(line[:start]), strings.TrimSpace(line[start+1:end])
	seconds, zone, _ := strings.Cut(strings.TrimSpace(line[end+1:]), " ")
	return p, parseTime(seconds, zone)
}

// parseTime reads seconds since 1970 and a zone like +0200.
func parseTime(seconds, zone string) time.Time {
	const year9999 = 253402300799
	s, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || s < 0 || s > year9999 {
		s = 0
	}
	z, err := strconv.Atoi(zone)
	if err != nil || z < -1400 || z > 1400 {
		z = 0
	}
	return time.Unix(s, 0).In(time.FixedZone("", (z/100*60+z%100)*60))
}
