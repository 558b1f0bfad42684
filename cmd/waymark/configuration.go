package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/waymark-dev/waymark/detectors"
	"github.com/waymark-dev/waymark/internal/config"
	"github.com/waymark-dev/waymark/internal/detect"
	"github.com/waymark-dev/waymark/internal/repo"
	"github.com/waymark-dev/waymark/rules"
)

// known are the ids that a configuration may name.
func known() config.Known {
	var k config.Known
	for _, c := range rules.Criteria {
		k.Criteria = append(k.Criteria, c.ID)
		k.Checks = append(k.Checks, "lacking/"+c.ID)
	}
	for _, b := range rules.BeyondFiles {
		k.Questions = append(k.Questions, b.ID)
	}
	for _, c := range rules.Checks() {
		k.Checks = append(k.Checks, c.ID)
	}
	for _, d := range detectors.All {
		k.Detectors = append(k.Detectors, d.ID)
	}
	return k
}

// configuration is what the person named, else what the repository holds, else
// nothing.
func configuration(s settings, r *repo.Repository) (config.Config, error) {
	if s.config != "" {
		data, err := os.ReadFile(s.config)
		if err != nil {
			return config.Config{}, fmt.Errorf("read the configuration %s: %w", s.config, plain(err))
		}
		return config.Loader{Known: known(), Read: os.ReadFile, Outside: true}.Load(s.config, data)
	}
	if s.ignore {
		return config.Config{}, nil
	}
	for _, name := range config.Names {
		data, err := r.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a pipe or device in its place is a blind spot already
		}
		if err != nil {
			noteUnread(r, name, err)
			return config.Config{}, nil
		}
		return config.Loader{Known: known(), Read: r.Read}.Load(name, data)
	}
	return config.Config{}, nil
}

// settingsOf are the settings that a configuration makes.
func settingsOf(c config.Config) rules.Settings {
	set := rules.Settings{
		Roles: rolesOf(c.Roles), Components: c.Components, ComponentRoles: map[string][]rules.Role{}, Weights: map[string]rules.Weight{},
		Scale: rules.Scale{Held: rules.Fraction(c.Thresholds.Held), Applies: rules.Fraction(c.Thresholds.Applies), Tolerated: rules.Fraction(c.Thresholds.Tolerated)},
	}
	for dir, roles := range c.ComponentRoles {
		set.ComponentRoles[dir] = rolesOf(roles)
	}
	for _, criterion := range rules.Criteria {
		given := c.Criteria[criterion.ID]
		if given.Off {
			set.Off = append(set.Off, criterion.ID)
		}
		if w, ok := weights[given.Weight]; ok {
			set.Weights[criterion.ID] = w
		}
	}
	for _, a := range c.Answers {
		set.Statements = append(set.Statements, rules.Statement{ID: a.ID, Yes: a.Yes, By: a.By, When: a.When, Link: a.Link, Until: a.Until, Path: a.At.Path, Line: a.At.Line})
	}
	for _, s := range c.Suppressions {
		set.Suppressions = append(set.Suppressions, rules.Suppression{Rule: s.Rule, Path: s.Path, Reason: s.Reason, Until: s.Until, At: s.At.Path, Line: s.At.Line})
	}
	for _, check := range c.Checks {
		set.Checks = append(set.Checks, ownCheck(check))
	}
	return set
}

var weights = map[string]rules.Weight{"1": rules.Plain, "2": rules.Weighty, "core": rules.Core}

var strengths = map[string]rules.Strength{"": rules.Present, "present": rules.Present, "wired": rules.Wired, "blocking": rules.Blocking, "used": rules.Used}

func ownCheck(c config.Check) rules.OwnCheck {
	why := c.Why
	if why == "" {
		why = "The organisation asks for it in its own configuration."
	}
	return rules.OwnCheck{
		Check:  &rules.Check{ID: c.ID, Criterion: c.Criterion, Level: rules.Level(c.Level), Title: c.Title, Why: why, Fix: c.Fix, Own: true},
		Exists: c.Exists, Absent: c.Absent, Seen: c.Seen, Unseen: c.Unseen, Strength: strengths[c.Strength],
	}
}

func rolesOf(names []string) []rules.Role {
	var roles []rules.Role
	for _, r := range names {
		roles = append(roles, rules.Role(r))
	}
	return roles
}

// noteUnread names the repository's configuration as a blind spot where it
// cannot be read: a link that leads outside, a file without rights. The scan
// goes on without it, as it does without any other file.
func noteUnread(r *repo.Repository, name string, err error) {
	if !slices.ContainsFunc(r.Blind, func(b detect.BlindSpot) bool { return b.Path == name }) {
		r.Blind = append(r.Blind, detect.BlindSpot{Path: name, Err: plain(err)})
	}
}
