package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// A sample is one measured run: seconds on the clock and of the processors, and
// the peak of memory.
type sample struct {
	wall, cpu, megabytes float64
	failed               bool
}

func wall(s sample) float64 { return s.wall }
func cpu(s sample) float64  { return s.cpu }
func peak(s sample) float64 { return s.megabytes }

// A series is the runs of one command, one of each round.
type series []sample

// inTurns runs the commands in turns, so that they share what else the machine
// does.
func inTurns(rounds int, commands ...[]string) []series {
	runs := make([]series, len(commands))
	for range rounds {
		for i, c := range commands {
			runs[i] = append(runs[i], measure(c))
		}
	}
	return runs
}

func (s series) median(of func(sample) float64) float64 {
	values := make([]float64, len(s))
	for i, one := range s {
		values[i] = of(one)
	}
	return median(values)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// beside is the median of what the rounds say of one series beside another.
func (s series) beside(other series, of func(sample) float64) float64 {
	ratios := make([]float64, len(s))
	for i := range s {
		ratios[i] = of(s[i]) / max(of(other[i]), 0.001)
	}
	return median(ratios)
}

// and is what two commands take one after the other.
func (s series) and(other series) series {
	both := make(series, len(s))
	for i, a := range s {
		b := other[i]
		both[i] = sample{a.wall + b.wall, a.cpu + b.cpu, max(a.megabytes, b.megabytes), a.failed || b.failed}
	}
	return both
}

// failed says that a run came to no end.
func (s series) failed() bool {
	return slices.ContainsFunc(s, func(one sample) bool { return one.failed })
}

// measure runs a command with its output thrown away.
func measure(command []string) sample {
	c := exec.Command(command[0], command[1:]...)
	start := time.Now()
	err := c.Run()
	if c.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "bench:", command[0], err)
		return sample{failed: true}
	}
	s := sample{wall: time.Since(start).Seconds(), cpu: (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), failed: err != nil}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.megabytes = float64(usage.Maxrss) / 1024
	}
	return s
}
