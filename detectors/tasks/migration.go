package tasks

import (
	"bytes"
	_ "embed"
	"path"
	"strings"

	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/regex"
)

//go:embed migration.md
var migrationDoc string

// Migrations sees database migrations that a tool runs, once for each folder.
// Its values are a Migration each.
var Migrations = &detect.Detector{
	ID: "tasks/migration", Doc: migrationDoc, File: markedMigrations, Repo: migrations,
	Match: []string{"**/migrations/*.sql", "**/migration/*.sql", "**/migrate/*.sql"},
}

// migrationFiles are the paths of migrations by the tool whose form they have,
// and a part that each of these paths has, which is cheaper to look for.
// Sources: the tools' own documents, such as
// https://documentation.red-gate.com/fd/versioned-migrations-273973333.html (Flyway) and
// https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md
var migrationFiles = []struct {
	tool, part string
	path       *regex.Pattern
}{
	{"flyway", "__", regex.New(`(?:^|/)[VRB]\d*(?:[._]\d+)*__[^/]+\.(?:sql|java|kt|groovy)$`)},
	{"liquibase", "changelog", regex.New(`(?:^|/)(?:db\.changelog[\w.-]*|(?:db|database|liquibase)/(?:[^/]+/)*changelog[\w.-]*)\.(?:xml|ya?ml|json|sql)$`)},
	{"rails", "db/migrate/", regex.New(`(?:^|/)db/migrate/\d{14}_\w+\.rb$`)},
	{"prisma", "migrations/", regex.New(`(?:^|/)migrations/(?:migration_lock\.toml|\d{14}_[^/]+/migration\.sql)$`)},
	{"django", "migrations/0001_", regex.New(`(?:^|/)migrations/0001_\w+\.py$`)},
	{"alembic", "alembic.ini", regex.New(`(?:^|/)alembic\.ini$`)},
	{"golang-migrate", ".up.sql", regex.New(`(?:^|/)\d+_[^/]*\.up\.sql$`)},
	{"laravel", "database/migrations/", regex.New(`(?:^|/)database/migrations/\d{4}_\d\d_\d\d_\d{6}_\w+\.php$`)},
	{"doctrine", "migrations/", regex.New(`(?:^|/)migrations/(?:[^/]+/)*Version\d{14}\.php$`)},
	{"ef-core", "ModelSnapshot.cs", regex.New(`(?:^|/)[^/]*ModelSnapshot\.cs$`)},
	{"ecto", "priv/", regex.New(`(?:^|/)priv/[^/]+/migrations/\d{14}_\w+\.exs$`)},
	{"typeorm", "migration", regex.New(`(?:^|/)migrations?/\d{13}-[^/]+\.(?:ts|js)$`)},
	{"knex", "knexfile.", regex.New(`(?:^|/)knexfile\.(?:js|ts|cjs|mjs)$`)},
	{"sequelize", ".sequelizerc", regex.New(`(?:^|/)\.sequelizerc$`)},
	{"drizzle", "meta/_journal.json", regex.New(`(?:^|/)meta/_journal\.json$`)},
	{"diesel", "/up.sql", regex.New(`(?:^|/)migrations/[^/]+/up\.sql$`)},
	{"sqitch", "sqitch.plan", regex.New(`(?:^|/)sqitch\.plan$`)},
	{"atlas", "atlas.sum", regex.New(`(?:^|/)atlas\.sum$`)},
	{"hasura", "/up.sql", regex.New(`(?:^|/)migrations/[^/]+/\d{13}_[^/]+/up\.sql$`)},
}

// marks are what migrations of tools whose files have no form of their own say
// at their beginning.
var marks = []struct{ tool, text string }{{"goose", "-- +goose Up"}, {"dbmate", "-- migrate:up"}, {"sql-migrate", "-- +migrate Up"}, {"liquibase", "--liquibase formatted sql"}}

// migrations finds migrations by their names, which cost no reading.
func migrations(p *detect.Pass) error {
	seen := map[Migration]bool{}
	for _, e := range p.Repo.Tree.Entries() {
		tool := migrationTool(e.Path)
		if tool == "" || !p.Repo.Tree.Place(e.Path).Read() {
			continue
		}
		m := Migration{Tool: tool, Dir: migrationDir(tool, e.Path)}
		if !seen[m] {
			seen[m] = true
			p.Report(tool, detect.Span{Path: e.Path}, "migrations by "+tool, m)
		}
	}
	return nil
}

func migrationTool(p string) string {
	switch path.Ext(p) {
	case ".sql", ".java", ".kt", ".groovy", ".xml", ".yaml", ".yml", ".json", ".rb", ".toml", ".py", ".ini", ".php", ".cs", ".exs", ".ts", ".js", ".cjs", ".mjs", ".sequelizerc", ".plan", ".sum":
	default:
		return ""
	}
	if !strings.ContainsAny(path.Base(p), "_.-") {
		return ""
	}
	for _, m := range migrationFiles {
		if strings.Contains(p, m.part) && m.path.MatchString(p) {
			return m.tool
		}
	}
	return ""
}

// migrationDir is the folder of the whole set.
func migrationDir(tool, p string) string {
	dir := path.Dir(p)
	switch {
	case tool == "diesel", tool == "drizzle", tool == "prisma" && path.Base(p) == "migration.sql":
		return path.Dir(dir)
	case tool == "hasura":
		return path.Dir(path.Dir(dir))
	}
	return dir
}

// markedMigrations reads the first file of a folder only: the others are of
// the same tool.
func markedMigrations(p *detect.Pass, f *detect.File) error {
	dir := path.Dir(f.Path)
	for _, e := range p.Repo.Tree.Under(dir) {
		if path.Ext(e.Path) == ".sql" && path.Dir(e.Path) == dir {
			if e.Path != f.Path {
				return nil
			}
			break
		}
	}
	head := f.Data[:min(len(f.Data), 2000)]
	for _, m := range marks {
		for text := range bytes.Lines(head) {
			if strings.EqualFold(string(bytes.TrimSpace(text)), m.text) && migrationTool(f.Path) == "" {
				p.Report(m.tool, f.Whole(), "migrations by "+m.tool, Migration{Tool: m.tool, Dir: dir})
				return nil
			}
		}
	}
	return nil
}
