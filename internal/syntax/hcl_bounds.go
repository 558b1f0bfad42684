package syntax

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// The parser of HCL calls itself for each bracket, template, prefix, condition
// and step of a traversal behind another, and a stack that is used up cannot
// be recovered. So few of them as harmlessNesting cannot use it up, however
// they are nested; where there are more, the tokens are counted.
const (
	harmlessNesting = 5_000
	maxHCLDepth     = 500
)

// The lexer holds all tokens at once, and goes over what follows again for each
// here-document that has no end.
const (
	maxHCLSize  = 1 << 20
	maxHeredocs = 5_000
)

// shallowHCL says why a text must not be given to the parser of HCL.
func shallowHCL(data []byte) error {
	switch {
	case len(data) > maxHCLSize:
		return fmt.Errorf("is too large for HCL: the limit is %d bytes", maxHCLSize)
	case bytes.Count(data, []byte("<<")) > maxHeredocs:
		return errIntricate
	case openers(data) <= harmlessNesting:
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(data, "", hcl.InitialPos) // the parser reports what is wrong
	levels := make([]hclLevel, 1, maxHCLDepth+1)
	levels[0].lines = true
	for _, t := range tokens {
		top := &levels[len(levels)-1]
		if top.step(t.Type); top.steps > harmlessNesting {
			return errNested
		}
		switch hclNesting[t.Type] {
		case 1:
			if len(levels) > maxHCLDepth {
				return errNested
			}
			levels = append(levels, hclLevel{lines: t.Type == hclsyntax.TokenOBrace})
		case -1:
			levels = levels[:max(len(levels)-1, 1)]
		}
	}
	return nil
}

// A hclLevel is what lies between two brackets.
type hclLevel struct {
	// lines says that a line break ends an expression here.
	lines bool
	// steps counts what the parser calls itself for in one expression.
	steps int
}

func (l *hclLevel) step(t hclsyntax.TokenType) {
	switch t {
	case hclsyntax.TokenBang, hclsyntax.TokenMinus, hclsyntax.TokenQuestion, hclsyntax.TokenDot, hclsyntax.TokenStar,
		hclsyntax.TokenOBrack, hclsyntax.TokenTemplateControl, hclsyntax.TokenTemplateInterp:
		l.steps++
	case hclsyntax.TokenComma:
		l.steps = 0
	case hclsyntax.TokenNewline:
		if l.lines {
			l.steps = 0
		}
	}
}

// openers counts the bytes that a step begins with.
func openers(data []byte) int {
	n := 0
	for _, b := range []string{"{", "[", "(", "!", "-", "?", ".", "*"} {
		n += bytes.Count(data, []byte(b))
	}
	return n
}

// hclNesting is what each token adds to the depth.
var hclNesting = map[hclsyntax.TokenType]int{
	hclsyntax.TokenOBrace: 1, hclsyntax.TokenCBrace: -1,
	hclsyntax.TokenOBrack: 1, hclsyntax.TokenCBrack: -1,
	hclsyntax.TokenOParen: 1, hclsyntax.TokenCParen: -1,
	hclsyntax.TokenTemplateInterp: 1, hclsyntax.TokenTemplateControl: 1, hclsyntax.TokenTemplateSeqEnd: -1,
}
