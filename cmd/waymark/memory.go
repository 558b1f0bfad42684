package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// headroom is what may be allocated between two collections. The default lets
// the heap grow to twice what is live: too little while a scan begins, when
// nearly all that is parsed is soon thrown away, and more than is needed at its
// end.
const headroom = 48 << 20

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
	debug.SetGCPercent(int(max(minPercent, headroom*100/max(live[0].Value.Uint64(), minLive))))
	// The next collection finds the mark unreachable and runs this again.
	runtime.AddCleanup(&struct{ mark [16]byte }{}, func(struct{}) { collectSteadily() }, struct{}{})
}
