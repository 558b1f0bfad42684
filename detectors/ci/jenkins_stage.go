package ci

import (
	"slices"
	"strconv"
	"strings"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// scripted reads a stage of a scripted pipeline. One without a block holds
// what follows it.
func (w *jenkinsWalk) scripted(c groovy.Call, s scope) {
	if !c.HasBody {
		w.open(c, s)
		return
	}
	w.inStage(c, s, func() {
		w.walk(c.Body, scope{ignored: s.ignored, dir: s.dir, values: s.values, depth: s.depth, cond: s.cond, text: s.text})
	})
}

// inStage gathers what read finds as the job of a stage. A stage that only
// holds others is no job of its own.
func (w *jenkinsWalk) inStage(c groovy.Call, s scope, read func()) {
	outer, prefix := w.stage, w.prefix
	before := w.needs
	number := w.open(c, s)
	w.needs = before
	w.prefix = w.jobs[number].ID + "/"
	read()
	w.close(number, before)
	w.stage, w.prefix = outer, prefix
}

// open begins the job of a stage.
func (w *jenkinsWalk) open(c groovy.Call, s scope) int {
	name := c.Text("") + c.Text("name")
	w.begin(w.job(w.prefix+name, name, c.Line, s))
	return w.stage
}

// begin lets a job be the one that steps belong to, and makes its ID its own.
func (w *jenkinsWalk) begin(job wiring.Job) {
	id := job.ID
	for n := 2; slices.ContainsFunc(w.jobs, func(j wiring.Job) bool { return j.ID == job.ID }) && n < 100; n++ {
		job.ID = id + " " + strconv.Itoa(n)
	}
	w.jobs = append(w.jobs, job)
	w.stage, w.needs = len(w.jobs)-1, []string{job.ID}
}

func (w *jenkinsWalk) job(id, name string, line int, s scope) wiring.Job {
	job := wiring.Job{ID: id, Name: name, Stage: name, At: w.file.Line(line), Needs: w.needs, Image: s.image, If: oneLine(s.text), Ignored: s.ignored}
	job.Only, job.Never = w.narrowed(s.cond, s.text, w.occasions)
	return job
}

// close ends a stage, and drops its job where it only held others.
func (w *jenkinsWalk) close(number int, before []string) {
	job, nested := w.jobs[number], len(w.jobs) > number+1
	if nested && len(job.Steps) == 0 && !job.Manual {
		w.jobs = append(w.jobs[:number], w.jobs[number+1:]...)
		return
	}
	switch {
	case job.Never != "" && !nested:
		w.needs = before // what is skipped holds nothing up
		return
	case !nested:
		w.needs = []string{job.ID}
		return
	}
	for i := number + 1; i < len(w.jobs); i++ {
		if equal(w.jobs[i].Needs, before) {
			w.jobs[i].Needs = []string{job.ID}
		}
	}
}

func equal(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }

// oneLine is a text on one line, of a length that people read.
func oneLine(text string) string {
	words := strings.Join(strings.Fields(text), " ")
	if len(words) > 200 {
		return words[:200] + " …"
	}
	return words
}

func (j *jenkinsFile) narrowed(cond condition.Expression, text string, all []occasion) ([]wiring.Trigger, string) {
	n := narrow(all, func(o occasion) condition.Truth { return cond.In(jenkinsWorld(o)) })
	return n.only, never(cond, oneLine(text), n)
}

// parallel reads branches that run side by side.
func (w *jenkinsWalk) parallel(c groovy.Call, s scope) {
	before, after := w.needs, []string(nil)
	for _, b := range w.branches(c) {
		w.needs = before
		w.inStage(b, s, func() { w.walk(b.Body, s) })
		after = append(after, w.needs...)
	}
	if len(after) > 0 {
		w.needs = after
	}
}

// branches are the closures that parallel runs: those it is given by name, or
// those of a map that were assigned before.
func (w *jenkinsWalk) branches(c groovy.Call) []groovy.Call {
	var found []groovy.Call
	for _, a := range c.Args {
		switch {
		case a.HasBody:
			found = append(found, groovy.Call{Name: "stage", Args: []groovy.Argument{{Text: a.Name}}, Line: a.Line, Body: a.Body, HasBody: true})
		case len(a.Items) > 0:
			found = append(found, w.branches(groovy.Call{Args: a.Items})...)
		case a.Name == "":
			found = append(found, w.assigned(a.Text+"[")...)
		}
	}
	return found
}

// assigned are the closures that were assigned to the entries of a map.
func (w *jenkinsWalk) assigned(prefix string) []groovy.Call {
	var found []groovy.Call
	w.eachCall(w.calls, func(c groovy.Call) {
		if key, ok := strings.CutPrefix(c.Assigned, prefix); ok && c.Name == "" {
			name := strings.Trim(key, `"'] `)
			found = append(found, groovy.Call{Name: "stage", Args: []groovy.Argument{{Text: name}}, Line: c.Line, Body: c.Body, HasBody: true})
		}
	})
	return found
}
