package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// A sample is one measured run.
type sample struct{ seconds, cpu, megabytes float64 }

func (s sample) String() string { return fmt.Sprintf("%.2f / %.0f", s.seconds, s.megabytes) }

// medians runs the commands in turns, so that they share what else the machine
// does, and gives the median of each.
func medians(rounds int, commands ...[]string) []sample {
	runs := make([][]sample, len(commands))
	for range rounds {
		for i, c := range commands {
			runs[i] = append(runs[i], measure(c))
		}
	}
	out := make([]sample, len(commands))
	for i, r := range runs {
		slices.SortFunc(r, func(a, b sample) int {
			if a.seconds < b.seconds {
				return -1
			}
			return 1
		})
		out[i] = r[len(r)/2]
	}
	return out
}

// measure runs a command with its output thrown away: wall seconds and peak
// memory.
func measure(command []string) sample {
	c := exec.Command(command[0], command[1:]...)
	c.Stderr = os.Stderr
	start := time.Now()
	if err := c.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", command[0], err)
	}
	s := sample{seconds: time.Since(start).Seconds()}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.megabytes = float64(usage.Maxrss) / 1024
		s.cpu = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	}
	return s
}

// peerCommands are what people run today for parts of the job.
var peerCommands = map[string][]string{
	"trivy": {"trivy", "config", "--quiet"}, "kics": {"kics", "scan", "-p"}, "kube-linter": {"kube-linter", "lint"}, "harness-score": {"harness-score"},
}

// peers are the times of the peers that are found on the PATH.
func peers(clone string) string {
	text := ""
	for _, name := range []string{"trivy", "kics", "kube-linter", "harness-score"} {
		if _, err := exec.LookPath(name); err == nil {
			text += fmt.Sprintf("%s %s  ", name, measure(append(peerCommands[name], clone)))
		}
	}
	if text == "" {
		return "none found"
	}
	return text
}
