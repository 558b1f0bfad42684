package ci

import (
	"slices"

	"github.com/waymark-dev/waymark/internal/condition"
	"github.com/waymark-dev/waymark/internal/groovy"
	"github.com/waymark-dev/waymark/internal/wiring"
)

// declarative reads "pipeline { … }".
func (w *jenkinsWalk) declarative(pipeline groovy.Call) {
	s := scope{image: agent(pipeline)}
	for _, c := range pipeline.Body {
		switch c.Name {
		case "stages":
			w.stages(c, s)
		case "post":
			w.afterwards(c)
		}
	}
}

func (w *jenkinsWalk) stages(c groovy.Call, s scope) {
	for _, stage := range c.Body {
		if stage.Name == "stage" && stage.HasBody && s.depth < maxInlined {
			w.declared(stage, s)
		}
	}
}

// declared reads one stage: when it runs and what it does.
func (w *jenkinsWalk) declared(stage groovy.Call, s scope) {
	s.depth++
	if image := agent(stage); image != "" {
		s.image = image
	}
	if when, ok := child(stage, "when"); ok {
		s = s.when(w.source(when), w.conditions(when.Body, condition.Expression.And))
	}
	w.inStage(stage, s, func() {
		number := w.stage
		_, asks := child(stage, "input")
		w.jobs[number].Manual = w.jobs[number].Manual || asks
		w.jobs[number].Only = withPaths(w.jobs[number].Only, w.jenkinsFile, changesets(stage))
		for _, c := range stage.Body {
			w.section(c, scope{values: s.values, depth: s.depth, cond: s.cond, text: s.text, image: s.image})
		}
	})
}

func (w *jenkinsWalk) section(c groovy.Call, s scope) {
	switch c.Name {
	case "steps":
		w.walk(c.Body, scope{depth: s.depth})
	case "stages":
		w.stages(c, s)
	case "matrix":
		if stages, ok := child(c, "stages"); ok {
			w.stages(stages, s)
		}
	case "parallel":
		before, after := w.needs, []string(nil)
		for _, stage := range c.Body {
			w.needs = before
			if stage.Name == "stage" && stage.HasBody && s.depth < maxInlined {
				w.declared(stage, s)
				after = append(after, w.needs...)
			}
		}
		w.needs = slices.Compact(after)
	case "post":
		w.post(c)
	case "stage": // a brace is missing before it
		if c.HasBody && s.depth < maxInlined {
			w.declared(c, s)
		}
	}
}

// post reads what follows a stage or a pipeline: each condition holds steps.
func (w *jenkinsWalk) post(c groovy.Call) {
	for _, after := range c.Body {
		s := scope{text: after.Name}
		switch after.Name {
		case "failure", "unsuccessful", "aborted", "unstable", "regression":
			s.cond = parse("failure()")
		}
		w.walk(after.Body, s)
	}
}

// afterwards is the job of what runs when all stages are over.
func (w *jenkinsWalk) afterwards(c groovy.Call) {
	job := wiring.Job{ID: "post", Name: "post", At: w.file.Line(c.Line), Needs: w.needs, Regardless: true}
	w.jobs = append(w.jobs, job)
	w.stage = len(w.jobs) - 1
	w.post(c)
	if len(w.jobs[w.stage].Steps) == 0 {
		w.jobs = w.jobs[:w.stage]
	}
}

// child is the first call of that name in a block.
func child(c groovy.Call, name string) (groovy.Call, bool) {
	for _, inner := range c.Body {
		if inner.Name == name {
			return inner, true
		}
	}
	return groovy.Call{}, false
}

// agent is the image or the label that a stage or pipeline runs on.
func agent(c groovy.Call) string {
	a, ok := child(c, "agent")
	if !ok {
		return ""
	}
	switch text := a.Text(""); text {
	case "any", "none":
		return ""
	case "":
	default:
		return text
	}
	for _, kind := range a.Body {
		if image, ok := child(kind, "image"); ok {
			return image.Text("")
		}
		if label, ok := child(kind, "label"); ok {
			return label.Text("")
		}
		if text := kind.Text(""); text != "" {
			return text
		}
	}
	return ""
}
