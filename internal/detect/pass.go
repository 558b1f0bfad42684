package detect

// A Pass is what a hook of a detector is given: the repository, and where to
// report. It is safe for concurrent use.
type Pass struct {
	Detector *Detector
	Repo     *Repo
	sink     Sink
}

// A Sink takes what passes report and answers what was reported before.
type Sink interface {
	Finding(Finding)
	BlindSpot(BlindSpot)
	// Findings are those of the File hooks of d, by path and position.
	Findings(d *Detector) []Finding
}

// NewPass returns the pass of one detector over one repository.
func NewPass(d *Detector, r *Repo, s Sink) *Pass { return &Pass{Detector: d, Repo: r, sink: s} }

// Report says that the detector saw subject at a place. Note says in a few
// words what was seen; value is the type that the detector documents.
func (p *Pass) Report(subject string, at Span, note string, value any) {
	p.sink.Finding(Finding{
		Detector: p.Detector, Subject: subject, At: at, Place: p.Repo.Tree.Place(at.Path), Note: note, Value: value,
	})
}

// Blind says that the detector could not look at path, and why.
func (p *Pass) Blind(path string, err error) {
	p.sink.BlindSpot(BlindSpot{Detector: p.Detector, Path: path, Err: err})
}

// Findings are what the File hook of d reported, by path and position. Only
// Repo hooks may ask.
func (p *Pass) Findings(d *Detector) []Finding { return p.sink.Findings(d) }
