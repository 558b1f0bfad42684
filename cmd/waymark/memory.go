package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// What may be allocated between two collections, in bytes: as much as is live
// within these bounds. The default lets the heap grow to twice what is live,
// without bounds: too little while a scan begins, when nearly all that is parsed is
// soon thrown away, and more than is needed at the end of a large one. Fresh
// memory costs a small scan more than to collect it.
const (
	minHeadroom = 16 << 20
	maxHeadroom = 48 << 20
)

// What is live counts as no less than the heap that Go begins with, and
// collections become rarer where far more than the headroom is live.
const (
	minLive    = 4 << 20
	minPercent = 50
)

// collectSteadily makes the heap grow by the headroom between collections: it
// sets the target anew after each of them.
func collectSteadily() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	held := max(live[0].Value.Uint64(), minLive)
	headroom := min(max(held, minHeadroom), maxHeadroom)
	debug.SetGCPercent(int(max(minPercent, headroom*100/held)))
	// The next collection finds the mark unreachable and runs this again.
	runtime.AddCleanup(&struct{ mark [16]byte }{}, func(struct{}) { collectSteadily() }, struct{}{})
}
