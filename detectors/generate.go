// Package detectors holds all detectors, one folder a family; the list of them
// is generated.
package detectors

//go:generate go run ../internal/generate
