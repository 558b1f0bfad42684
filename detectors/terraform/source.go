package terraform

import (
	"path"
	"slices"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

// locate fills in what the source of a call, its "${ … }" resolved as far as
// they can be, says: kind, repository, folder and pin.
// Source: https://developer.hashicorp.com/terraform/language/modules/sources
func locate(c *ModuleCall, text string, r *detect.Repo) {
	base, query, _ := strings.Cut(text, "?")
	ref := parameter(query, "ref")
	switch {
	case strings.HasPrefix(strings.TrimPrefix(base, "git::"), "."), strings.HasPrefix(base, "/"):
		locateLocal(c, strings.TrimPrefix(base, "git::"), ref, r)
	case strings.HasPrefix(base, "${"):
		locateComputed(c, ref)
	case isArchive(base):
		c.Kind, c.Version = Archive, archiveVersion(base, query)
		c.Pin = pinOfVersion(c.Version)
	case isGit(base):
		locateGit(c, base, ref, r)
	case strings.HasPrefix(base, "tfr://"):
		_, address, _ := strings.Cut(strings.TrimPrefix(base, "tfr://"), "/")
		c.Version = parameter(query, "version")
		locateRegistry(c, address, r)
	case registryAddress.MatchString(base):
		locateRegistry(c, base, r)
	default:
		locateLocal(c, base, "", r)
	}
}

// parameter is the value of a name in the query of an address, as written: what
// is computed must stay so.
func parameter(query, name string) string {
	for pair := range strings.SplitSeq(query, "&") {
		if key, value, ok := strings.Cut(pair, "="); ok && key == name {
			return value
		}
	}
	return ""
}

// locateLocal takes a path: from the folder of the call, or from the root of
// the repository where it starts with a slash. Two slashes part what Terragrunt
// copies from the folder in it that is applied. A ref makes it a commit of this
// very repository.
func locateLocal(c *ModuleCall, base, ref string, r *detect.Repo) {
	dir := c.Dir
	if strings.HasPrefix(base, "/") {
		dir = "."
	}
	if target := path.Join(dir, base); r.Tree.Folder(target) {
		c.Target = target
	}
	c.Kind, c.Pin, c.Version = Local, ByCommit, ref
	if ref != "" {
		pinByRef(c, ref)
	}
}

// locateComputed takes a source whose start cannot be told. A ref behind it
// says that it is one of git.
func locateComputed(c *ModuleCall, ref string) {
	c.Kind, c.Pin, c.Version = Computed, Unpinned, ref
	if ref != "" {
		pinByRef(c, ref)
	}
}

// pinByRef takes a ref of git, which may be computed.
func pinByRef(c *ModuleCall, ref string) {
	c.Kind, c.Pin = Git, pinOfRef(ref)
	if strings.Contains(ref, "${") {
		c.Kind, c.Pin = Computed, ByRange
	}
}

func locateGit(c *ModuleCall, base, ref string, r *detect.Repo) {
	repository, folder := splitFolder(strings.TrimPrefix(base, "git::"))
	c.Owner, c.Repo = ownerAndRepo(repository)
	c.Kind, c.Version, c.Pin = Git, ref, Unpinned
	if ref != "" {
		pinByRef(c, ref)
	}
	nameHere(c, c.Owner+"/"+c.Repo, folder, r)
}

// splitFolder parts a source from the folder in it, which stands behind two
// slashes that do not end a scheme.
func splitFolder(base string) (string, string) {
	start := 0
	if at := strings.Index(base, "://"); at >= 0 {
		start = at + len("://")
	}
	if at := strings.Index(base[start:], "//"); at >= 0 {
		return base[:start+at], base[start+at+2:]
	}
	return base, ""
}

// nameHere sets the target of a source that names the scanned repository.
func nameHere(c *ModuleCall, repository, folder string, r *detect.Repo) {
	folder = path.Clean("./" + folder)
	if r.Origin != "" && strings.EqualFold(repository, r.Origin) && r.Tree.Folder(folder) {
		c.Target = folder
	}
}

// locateRegistry takes "namespace/name/system", behind the host of a private
// registry or not.
func locateRegistry(c *ModuleCall, address string, r *detect.Repo) {
	address, folder := splitFolder(address)
	parts := strings.Split(address, "/")
	if len(parts) == 4 {
		parts = parts[1:]
	}
	c.Kind, c.Pin = Registry, pinOfVersion(c.Version)
	if len(parts) == 3 {
		c.Owner, c.Repo, c.System = parts[0], parts[1], parts[2]
		nameHere(c, c.Owner+"/terraform-"+c.System+"-"+c.Repo, folder, r)
	}
}

var (
	registryAddress = regex.New(`^([0-9A-Za-z.-]+\.[0-9A-Za-z-]+(:[0-9]+)?/)?[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/[0-9a-z]+(//.*)?$`)
	gitAddress      = regex.New(`^(git::|ssh://|git://|[0-9A-Za-z._-]+@[0-9A-Za-z.-]+:|github\.com/|gitlab\.com/|bitbucket\.org/|https?://(www\.)?(github\.com|gitlab\.com|bitbucket\.org)/|https?://[^?]*(\.git(/|$)|/_git/))`)
	archiveAddress  = regex.New(`^(s3::|gcs::|hg::|oci://|https?://|s3[.-][0-9a-z.-]*amazonaws\.com/|[0-9a-z.-]+\.s3[0-9a-z.-]*\.amazonaws\.com/|www\.googleapis\.com/storage)`)
	archiveFile     = regex.New(`\.(zip|tar|tgz|tbz2|txz|tar\.(gz|bz2|xz))$`)
	versionInName   = regex.New(`(^|[-_/v])([0-9]+\.[0-9]+(\.[0-9]+)?([-+][0-9A-Za-z.]+)?)(/|\.zip|\.t|$)`)
)

func isGit(base string) bool { return gitAddress.MatchString(base) && !archiveFile.MatchString(base) }

func isArchive(base string) bool { return archiveAddress.MatchString(base) && !isGit(base) }

// archiveVersion is the version that the name of an archive carries, or the
// checksum or tag that fixes it.
func archiveVersion(base, query string) string {
	for _, name := range []string{"tag", "digest", "checksum", "versionId"} {
		if v := parameter(query, name); v != "" {
			return v
		}
	}
	if m := versionInName.FindStringSubmatch(base); m != nil {
		return m[2]
	}
	return ""
}

// ownerAndRepo are those of the address of a git repository. Groups of GitLab
// belong to the owner.
func ownerAndRepo(address string) (string, string) {
	if at := strings.Index(address, "://"); at >= 0 {
		address = address[at+len("://"):]
	}
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		address = address[at+1:]
	}
	parts := strings.FieldsFunc(address, func(r rune) bool { return r == '/' || r == ':' })
	if len(parts) < 3 {
		return "", ""
	}
	parts = slices.DeleteFunc(parts[1:], func(s string) bool { return s == "_git" || s == "v3" || port.MatchString(s) })
	if len(parts) < 2 {
		return "", ""
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], "/"), strings.TrimSuffix(parts[last], ".git")
}

var port = regex.New(`^[0-9]{2,5}$`)

// credentials match what stands before the host of an address, and parameters
// that hold a secret.
var (
	credentials = regex.New(`://[^/@\s]*:[^/@\s]*@`)
	secret      = regex.New(`(?i)([?&][^=&]*(?:secret|token|password|sig|sshkey)[^=&]*=)[^&]*`)
)

// shown is a source as it may be shown: without credentials.
func shown(text string) string {
	return secret.ReplaceAllString(credentials.ReplaceAllString(text, "://…@"), "${1}…")
}
