package rules

import "slices"

// Criteria are all criteria, by stage and in the order of the model.
var Criteria = slices.Concat(stage2, stage3, stage4, stage5)

// CriterionByID is the criterion of that id; nil where there is none.
func CriterionByID(id string) *Criterion {
	i := slices.IndexFunc(Criteria, func(c *Criterion) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return Criteria[i]
}

// deploying are the roles of what is run somewhere.
var deploying = []Role{Service, Infrastructure, GitOps}

// working are all roles but docs.
var working = []Role{Service, Infrastructure, GitOps, Platform, Library}
