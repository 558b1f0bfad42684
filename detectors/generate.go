package detectors

//go:generate go run ../internal/generate
