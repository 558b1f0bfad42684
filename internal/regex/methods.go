package regex

// MatchString reports whether s holds a match.
func (p *Pattern) MatchString(s string) bool {
	if !p.in(s) {
		return false
	}
	return p.re.MatchString(s)
}

// Match reports whether b holds a match.
func (p *Pattern) Match(b []byte) bool {
	if !p.inBytes(b) {
		return false
	}
	return p.re.Match(b)
}

// FindString is the first match.
func (p *Pattern) FindString(s string) string {
	if !p.in(s) {
		return ""
	}
	return p.re.FindString(s)
}

// FindStringIndex is where the first match stands.
func (p *Pattern) FindStringIndex(s string) []int {
	if !p.in(s) {
		return nil
	}
	return p.re.FindStringIndex(s)
}

// FindStringSubmatch is the first match with its groups.
func (p *Pattern) FindStringSubmatch(s string) []string {
	if !p.in(s) {
		return nil
	}
	return p.re.FindStringSubmatch(s)
}

// FindStringSubmatchIndex is where the first match and its groups stand.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.in(s) {
		return nil
	}
	return p.re.FindStringSubmatchIndex(s)
}

// FindAllString are the matches, at most n.
func (p *Pattern) FindAllString(s string, n int) []string {
	if !p.in(s) {
		return nil
	}
	return p.re.FindAllString(s, n)
}

// FindAllStringIndex is where the matches stand, at most n.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.in(s) {
		return nil
	}
	return p.re.FindAllStringIndex(s, n)
}

// FindAllStringSubmatch are the matches with their groups, at most n.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.in(s) {
		return nil
	}
	return p.re.FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is where the matches and their groups stand, at most n.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.in(s) {
		return nil
	}
	return p.re.FindAllStringSubmatchIndex(s, n)
}

// Find is the first match.
func (p *Pattern) Find(b []byte) []byte {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.Find(b)
}

// FindIndex is where the first match stands.
func (p *Pattern) FindIndex(b []byte) []int {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindIndex(b)
}

// FindSubmatch is the first match with its groups.
func (p *Pattern) FindSubmatch(b []byte) [][]byte {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindSubmatch(b)
}

// FindAll are the matches, at most n.
func (p *Pattern) FindAll(b []byte, n int) [][]byte {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindAll(b, n)
}

// FindAllIndex is where the matches stand, at most n.
func (p *Pattern) FindAllIndex(b []byte, n int) [][]int {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindAllIndex(b, n)
}

// FindAllSubmatch are the matches with their groups, at most n.
func (p *Pattern) FindAllSubmatch(b []byte, n int) [][][]byte {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindAllSubmatch(b, n)
}

// FindAllSubmatchIndex is where the matches and their groups stand, at most n.
func (p *Pattern) FindAllSubmatchIndex(b []byte, n int) [][]int {
	if !p.inBytes(b) {
		return nil
	}
	return p.re.FindAllSubmatchIndex(b, n)
}

// ReplaceAllString is s with each match replaced, groups being filled in.
func (p *Pattern) ReplaceAllString(s, with string) string {
	if !p.in(s) {
		return s
	}
	return p.re.ReplaceAllString(s, with)
}

// ReplaceAllStringFunc is s with each match replaced by what is made of it.
func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	if !p.in(s) {
		return s
	}
	return p.re.ReplaceAllStringFunc(s, with)
}

// ReplaceAll is b with each match replaced, groups being filled in; b itself where there is none.
func (p *Pattern) ReplaceAll(b, with []byte) []byte {
	if !p.inBytes(b) {
		return b
	}
	return p.re.ReplaceAll(b, with)
}

// ReplaceAllFunc is b with each match replaced by what is made of it; b itself where there is none.
func (p *Pattern) ReplaceAllFunc(b []byte, with func([]byte) []byte) []byte {
	if !p.inBytes(b) {
		return b
	}
	return p.re.ReplaceAllFunc(b, with)
}
