package wiring

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/waymark-dev/waymark/internal/regex"
)

// A program is what is known of a command-line program.
type program struct {
	// tool is its kebab name where that is not the name it is called by; tools
	// are those of its sub-commands.
	tool  string
	tools map[string]string
	does  does
	// within are sub-commands between spaces that others may stand below.
	within string
	// paths are the options that name what it acts on, between spaces; args says
	// that the arguments behind its sub-command do; here that it acts on the
	// folder it runs in where neither names anything.
	paths      string
	args, here bool
	// soft are options that make a failure none; strict are those of which it
	// needs one for a failure to be one. Both stand between spaces.
	soft, strict string
	// each says that every argument is a task of its own (gradle, mvn), and
	// named that one which is not known is told by its name.
	each, named bool
}

// does is what a program does, and with which words: sub-commands in their
// order, and options; commas stand between calls, and an asterisk is any call.
// Of the calls that fit, those with the most words count. The empty activity
// is nothing of note.
type does map[Activity]string

// programs are all that are known, by name. As all large tables here they are made
// when first asked for: a start that judges nothing does not pay for them.
var programs = sync.OnceValue(func() map[string]program {
	return index(infrastructurePrograms(), checkPrograms(), buildPrograms(), deliveryPrograms())
})

func index(tables ...map[string]program) map[string]program {
	all := map[string]program{}
	for activity, names := range single {
		for _, name := range strings.Fields(names) {
			all[name] = program{does: does{activity: "*"}}
		}
	}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// Meanings tells all that a command with the given words does. Programs that
// run other programs (npx, poetry run, sh -c) are looked through.
func Meanings(words []string) []Meaning {
	var all []Meaning
	for _, inner := range innermost(words) {
		all = append(all, meanings(inner)...)
	}
	return all
}

// meanings tells what a command does that runs no other.
func meanings(words []string) []Meaning {
	if len(words) == 0 || asksOnly(words[1:]) || len(words) > 1 && (words[1] == "version" || words[1] == "help") && len(arguments(words[1:])) == 1 {
		return nil
	}
	found := rehearsed(performed(words), words)
	for i := range found {
		found[i].Undecided = found[i].Undecided || found[i].Activity == Scan && onlyReports(words)
	}
	return found
}

// performed tells what a command does where it is no rehearsal.
func performed(words []string) []Meaning {
	if found, ok := special(words); ok {
		return found
	}
	p, ok := known(words[0])
	switch {
	case !ok:
		return unknownProgram(words)
	case p.each:
		return p.tasks(words[1:])
	}
	return p.call(words[1:])
}

// subcommands are those that mean the same with nearly every program.
var subcommands = map[string]Activity{
	"deploy": Apply, "rollback": Rollback, "publish": Publish, "release": Publish, "test": Test, "tests": Test, "lint": Lint, "validate": Validate,
}

// utilities take words that are no sub-commands.
var utilities = strings.Fields(`echo printf export cd ls cat cp mv rm mkdir rmdir touch chmod chown ln tar zip unzip grep egrep find sed awk sort head tail tee wc cut tr xargs which command type
	source alias read set unset local let return exit true false test [ [[ kill sleep service systemctl brew apt apt-get apk yum dnf git gh svn hg file du df diff date basename dirname realpath pwd env jq yq less more
	eval exec trap wait jobs select declare typeset readonly shift getopts hash help history umask ulimit openssl base64 md5sum sha256sum ssh-keygen ssh-add ssh-agent pushd popd rsync id whoami su sudo adduser useradd groupadd install if then else fi for do done while case esac function in`)

// unknownProgram tells what a program that is not known does by its
// sub-command.
func unknownProgram(words []string) []Meaning {
	name := programName(words[0])
	if len(words) < 2 || slices.Contains(utilities, name) || !identifier.MatchString(name) {
		return nil
	}
	if does := subcommands[words[1]]; does != "" {
		return []Meaning{{Activity: does, Tool: name}}
	}
	return nil
}

var identifier = regex.New(`^[a-z][a-z0-9_.-]*$`)

// known is a program by the word that calls it.
func known(word string) (program, bool) {
	name := programName(word)
	p, ok := programs()[name]
	if p.tool == "" {
		p.tool = name
	}
	return p, ok
}

// asksOnly says whether a program is only asked for its version or its help.
// Many have options "-h" (a host) and "--version" (of what they deploy) that a
// value follows.
func asksOnly(args []string) bool {
	for i, a := range args {
		last := i == len(args)-1
		switch a {
		case "--help", "-help":
			return true
		case "-h", "--version", "-version":
			if last {
				return true
			}
		}
	}
	return false
}

var versioned = regex.New(`^(python|pip|ruby|php|node|psql|clang-format|clang-tidy|terraform)(-?[0-9.]+)$`)

// programName is the name of a program without its folder, its extension and
// its version. A variable is taken for what it is named after ("$KUBECTL").
func programName(word string) string {
	name := path.Base(strings.ReplaceAll(word, `\`, "/"))
	if strings.HasPrefix(name, "$") {
		name = strings.ToLower(strings.Trim(name, "${}()"))
	}
	if i := strings.IndexByte(name, '@'); i > 0 {
		name = name[:i] // a version, as npx takes it
	}
	for _, ext := range []string{".exe", ".cmd", ".bat", ".phar"} {
		name = strings.TrimSuffix(name, ext)
	}
	if m := versioned.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

// call reads a call with one sub-command. It is nil where nothing is known of
// that, and empty where it is of no note.
func (p program) call(args []string) []Meaning {
	args = p.outermost(args)
	best, found := -1, []Meaning(nil)
	for _, activity := range slices.Sorted(maps.Keys(p.does)) {
		for words := range strings.SplitSeq(p.does[activity], ",") {
			rest, n, ok := match(strings.Fields(words), args)
			if !ok || n < best {
				continue
			}
			if n > best {
				best, found = n, []Meaning{}
			}
			if !slices.ContainsFunc(found, func(m Meaning) bool { return m.Activity == activity }) {
				found = append(found, p.meaning(activity, args, rest))
			}
		}
	}
	return slices.DeleteFunc(found, func(m Meaning) bool { return m.Activity == "" })
}

// outermost leaves sub-commands out that others stand below.
func (p program) outermost(args []string) []string {
	if p.within != "" && len(args) > 0 && slices.Contains(strings.Fields(p.within), args[0]) {
		return args[1:]
	}
	return args
}

func (p program) meaning(does Activity, args, rest []string) Meaning {
	m := Meaning{Activity: does, Tool: p.tool, Soft: p.softness(args), Paths: p.acted(args, rest)}
	for _, a := range arguments(args)[:min(1, len(arguments(args)))] {
		if t := p.tools[a]; t != "" {
			m.Tool = t
		}
	}
	return m
}

// match says whether all words are among the arguments, how many they are, and
// which arguments follow the sub-commands among them.
func match(words, args []string) (rest []string, n int, ok bool) {
	rest = args
	for _, want := range words {
		switch {
		case want == "*":
			continue
		case isOption(want):
			if !hasOption(args, want) {
				return nil, 0, false
			}
		default:
			i := subcommand(rest, want)
			if i < 0 {
				return nil, 0, false
			}
			rest = rest[i+1:]
		}
		n++
	}
	return rest, n, true
}

// subcommand is the index of a sub-command that only options, and what may be
// their values, stand before; -1 where there is none.
func subcommand(args []string, want string) int {
	for i, a := range args {
		switch {
		case a == want:
			return i
		case isOption(a):
		case i > 0 && isOption(args[i-1]) && !strings.Contains(args[i-1], "="):
		default:
			return -1
		}
	}
	return -1
}

func isOption(word string) bool { return len(word) > 1 && word[0] == '-' }

// hasOption says whether an option is given and not switched off, or given with
// the value behind an equals sign. A name such as "-k" is also found in front
// of its value.
func hasOption(args []string, name string) bool {
	if bare, want, valued := strings.Cut(name, "="); valued {
		value, _ := option(args, bare)
		return value == want
	}
	_, ok := option(args, name)
	return ok
}

// option is the value of an option; empty where it has none.
func option(args []string, name string) (string, bool) {
	for i, a := range args {
		if a == name {
			if i+1 < len(args) && !isOption(args[i+1]) {
				return args[i+1], args[i+1] != "0"
			}
			return "", true
		}
		if value, ok := strings.CutPrefix(a, name+"="); ok {
			return value, value != "false" && value != "none" && value != "0"
		}
	}
	return "", false
}

// softness is the option by which a failure is none, or lacks to be one.
func (p program) softness(args []string) string {
	for _, o := range strings.Fields(p.soft) {
		if hasOption(args, o) {
			return o
		}
	}
	needed := strings.Fields(p.strict)
	if len(needed) == 0 || slices.ContainsFunc(needed, func(o string) bool { return hasOption(args, o) }) {
		return ""
	}
	return "it never fails without " + needed[0]
}

// acted are the paths that a call acts on.
func (p program) acted(args, rest []string) []string {
	var found []string
	for _, name := range strings.Fields(p.paths) {
		for i := range args {
			if value, ok := option(args[i:min(i+2, len(args))], name); ok && value != "" {
				found = append(found, value)
			}
		}
	}
	if p.args {
		found = append(found, slices.DeleteFunc(slices.Clone(rest), isOption)...)
	}
	if len(found) == 0 && p.here {
		found = append(found, ".")
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// arguments are the words that are neither options nor what may be their
// values.
func arguments(words []string) []string {
	var found []string
	for i, w := range words {
		if !isOption(w) && (i == 0 || !isOption(words[i-1]) || strings.Contains(words[i-1], "=")) && w != "-" {
			found = append(found, w)
		}
	}
	return found
}

// tasks reads a call of which every argument is a task.
func (p program) tasks(args []string) []Meaning {
	var all []Meaning
	known := p
	known.paths, known.args = "", false
	for i, a := range args {
		if isOption(a) || strings.Contains(a, "=") || i > 0 && takesValue[args[i-1]] {
			continue
		}
		task := a[strings.LastIndexByte(a, ':')+1:]
		found := known.call(append([]string{a}, args...))
		if found == nil && task != a {
			found = known.call(append([]string{task}, args...))
		}
		if found == nil && p.named && !strings.ContainsAny(a, "./*$") {
			found = byName(task, p.tool)
		}
		for _, m := range found {
			if m.Activity == Test && skipsTests(args) {
				continue
			}
			m.Paths = p.acted(args, nil)
			all = append(all, m)
		}
	}
	return all
}

// takesValue are options of build tools in front of a value.
var takesValue = map[string]bool{"-p": true, "-f": true, "-b": true, "-x": true, "-pl": true, "-P": true, "-s": true, "--file": true, "--settings": true, "--exclude-task": true, "--project-dir": true, "--init-script": true, "--tests": true, "-t": true, "-T": true}

// skipsTests says whether a build is told to leave the tests out.
func skipsTests(args []string) bool {
	for i, a := range args {
		switch {
		case a == "-DskipTests", a == "-DskipTests=true", a == "-Dmaven.test.skip=true", a == "-Dmaven.test.skip", a == "-DskipUnitTests":
			return true
		case (a == "-x" || a == "--exclude-task") && i+1 < len(args) && (args[i+1] == "test" || args[i+1] == "check"), a == "-xtest", a == "-xcheck":
			return true
		}
	}
	return false
}
