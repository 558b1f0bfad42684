//go:build !man

package main

import "github.com/spf13/cobra"

// manualCommand is nothing here: the builds that people use have no manual to
// write.
func manualCommand(*cobra.Command) *cobra.Command { return nil }
