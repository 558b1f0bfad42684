// Package objects reads the objects and references of a git repository without
// the git binary and without trusting what it reads: sizes, delta chains and
// counts are bounded, and nothing is written.
//
// Packs and their indexes are decoded by go-git; the way through them is our
// own, because go-git follows delta chains by recursion (a crafted cycle
// overflows the stack, which nothing can recover) and inflates before it looks
// at the size.
package objects

import (
	"encoding/hex"
	"errors"
	"fmt"
)

// An ID names an object: the SHA-1 of its contents.
type ID [20]byte

// Zero names no object.
var Zero ID

// ErrSHA256 says that the repository names its objects by SHA-256.
var ErrSHA256 = errors.New("the repository uses SHA-256 object names, which are not supported; its files are scanned without history")

// String is the ID in 40 hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// ParseID reads 40 hexadecimal digits.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) == 64 && isHex(s) {
		return id, ErrSHA256
	}
	if len(s) != 2*len(id) {
		return id, fmt.Errorf("%.80q is not the name of an object", s)
	}
	if _, err := hex.Decode(id[:], []byte(s)); err != nil {
		return Zero, fmt.Errorf("%.80q is not the name of an object", s)
	}
	return id, nil
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil
}
