package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/waymark-dev/waymark/internal/config"
	"github.com/waymark-dev/waymark/report"
	"github.com/waymark-dev/waymark/rules"
)

func assessCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var s settings
	var by string
	c := &cobra.Command{
		Use: "assess [PATH]", Short: "Ask what files cannot show, and keep the answers in the configuration",
		Long: "Assess scans the repository, asks what could not be seen in it, and writes the answers into its configuration\n" +
			"with who answered, when, a link and the day until which they count. An answer fills in what cannot be seen\n" +
			"or is not there; it never outweighs evidence. Answers that count are not asked again.",
		Args: takes(0, 1, ""), ValidArgsFunction: folders,
		RunE: func(c *cobra.Command, args []string) error {
			return runAssess(c.Context(), s, by, append(args, ".")[0], &dialogue{in: bufio.NewReader(stdin), out: stdout}, stderr)
		},
	}
	c.Flags().StringVar(&by, "by", "", "the `NAME` of who answers; asked for where it is not given")
	complete(c, "by")
	common(c, &s)
	return c
}

func runAssess(ctx context.Context, s settings, by, path string, d *dialogue, stderr io.Writer) error {
	if err := s.check(); err != nil {
		return exit{exitUsage, err}
	}
	file, old, err := configurationFile(ctx, path)
	if err != nil {
		return err
	}
	s.asOf = today(s).Format(time.DateOnly)
	r, closer, err := scanOne(ctx, s, path, stderr)
	defer closer()
	if err != nil {
		return exit{codeOf([]error{err}), err}
	}
	answers := d.ask(openQuestions(r), by, today(s))
	if len(answers) == 0 {
		d.say("Nothing was answered, and nothing is written.\n")
		return d.err
	}
	text, err := config.WithAnswers(file, old, answers)
	if err != nil {
		return exit{exitUsage, err}
	}
	if err := writeWhole(file, text); err != nil {
		return exit{exitIncomplete, unwritten(file, err)}
	}
	d.say("%s kept in %s; 'waymark scan' counts them.\n", keptAnswers(len(answers)), file)
	return d.err
}

func keptAnswers(n int) string {
	if n == 1 {
		return "1 answer is"
	}
	return fmt.Sprintf("%d answers are", n)
}

// today is the day of the answers.
func today(s settings) time.Time {
	if day, err := time.Parse(time.DateOnly, s.asOf); err == nil {
		return day
	}
	return time.Now().UTC().Truncate(24 * time.Hour)
}

// A question is what assess asks.
type question struct{ id, about, text string }

// openQuestions are the criteria that an answer would fill in, by stage, and
// what no repository can show, without those that have an answer that counts.
func openQuestions(r report.Repository) []question {
	has := func(id string) bool {
		return slices.ContainsFunc(r.Heard, func(h rules.Heard) bool { return h.ID == id && h.Use != rules.Expired })
	}
	var list []question
	for _, result := range r.Results {
		if result.Open() && !has(result.Criterion.ID) {
			list = append(list, question{result.Criterion.ID, fmt.Sprintf("stage %d; %s here", result.Criterion.Stage, result.Outcome), result.Criterion.Ask})
		}
	}
	for _, b := range rules.BeyondFiles {
		if !has(b.ID) {
			list = append(list, question{b.ID, "no repository can show it; it is shown and weighs nothing", b.Ask})
		}
	}
	return list
}

// A dialogue asks questions line by line. It ends with its input.
type dialogue struct {
	in   *bufio.Reader
	out  io.Writer
	over bool
	err  error
}

func (d *dialogue) say(format string, args ...any) {
	if _, err := fmt.Fprintf(d.out, format, args...); err != nil && d.err == nil {
		d.err = err
	}
}

// line asks for a line; it is empty where the input has ended.
func (d *dialogue) line(format string, args ...any) string {
	if d.over {
		return ""
	}
	d.say(format, args...)
	text, err := d.in.ReadString('\n')
	if err != nil {
		d.over = true
		if !errors.Is(err, io.EOF) && d.err == nil {
			d.err = err
		}
	}
	return strings.TrimSpace(text)
}

// ask asks the questions and gives the answers.
func (d *dialogue) ask(list []question, by string, day time.Time) []config.Answer {
	if len(list) == 0 {
		d.say("Everything that could be asked is seen or answered.\n")
		return nil
	}
	d.say("%d questions. Answer y or n; Enter leaves one out, q ends. What was answered is kept.\n", len(list))
	var answers []config.Answer
	for i, q := range list {
		yes, given := d.yesNo("\n%d/%d %s (%s)\n  %s [y/n/Enter/q] ", i+1, len(list), q.id, q.about, q.text)
		if d.over && !given {
			break
		}
		if !given {
			continue
		}
		for by == "" && !d.over {
			by = d.line("  Your name: ")
		}
		if by == "" {
			break
		}
		answers = append(answers, config.Answer{ID: q.id, Yes: yes, By: by, When: day, Link: d.line("  Link to where it can be seen [none]: "), Until: d.until(day)})
	}
	return answers
}

// yesNo asks for yes or no until it gets one, nothing or the end.
func (d *dialogue) yesNo(format string, args ...any) (yes, given bool) {
	for prompt := fmt.Sprintf(format, args...); ; prompt = "  y, n, Enter or q: " {
		switch strings.ToLower(d.line("%s", prompt)) {
		case "y", "yes":
			return true, true
		case "n", "no":
			return false, true
		case "q", "quit":
			d.over = true
			return false, false
		case "":
			return false, false
		}
	}
}

// until asks for the last day of an answer: a year from its day unless said
// otherwise.
func (d *dialogue) until(day time.Time) time.Time {
	year := day.AddDate(1, 0, 0)
	for {
		text := strings.ToLower(d.line("  Counts until [%s, or never]: ", year.Format(time.DateOnly)))
		until, err := time.Parse(time.DateOnly, text)
		switch {
		case text == "":
			return year
		case text == "never":
			return time.Time{}
		case err == nil:
			return until
		}
		d.say("  Write it as a day like %s.\n", year.Format(time.DateOnly))
	}
}
