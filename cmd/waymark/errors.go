package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/waymark-dev/waymark/internal/nearest"
)

// notOneOf says of a word which ones are taken instead, and which was probably
// meant.
func notOneOf(what, word string, known ...string) error {
	hint := ""
	if near := nearest.Words(word, known); len(near) > 0 && word != "" {
		hint = ": did you mean " + near[0] + "?"
	}
	return fmt.Errorf("%s %s: it is one of %s%s", what, word, strings.Join(known, ", "), hint)
}

// plain says in words for people, and with the remedy, what the system says of
// a file. The caller names the file.
func plain(err error) error {
	var of *fs.PathError
	switch {
	case errors.Is(err, syscall.EISDIR):
		return errors.New("it is a folder: name a file")
	case errors.Is(err, fs.ErrNotExist) && errors.As(err, &of):
		return errors.New("there is no such file or folder: check the path")
	case errors.Is(err, fs.ErrPermission) && errors.As(err, &of):
		return errors.New("this user has no right to it: change its permissions or its owner")
	case errors.As(err, &of):
		return of.Err
	}
	return err
}

// unwritten says why a report could not be written to a file.
func unwritten(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: there is no folder %s: make it first", file, filepath.Dir(file))
	}
	return fmt.Errorf("write %s: %w", file, plain(err))
}

// wrongFlag says what is wrong with a flag and which one is right.
func wrongFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		err = fmt.Errorf("there is no flag --%s: %s", unknown.GetSpecifiedName(), nearest.Hint("--"+unknown.GetSpecifiedName(), flagNames(c)))
	case errors.As(err, &unknown):
		err = fmt.Errorf("there is no flag -%s", unknown.GetSpecifiedName())
	case errors.As(err, &invalid) && invalid.GetFlag() != nil:
		f := invalid.GetFlag()
		err = fmt.Errorf("--%s %s: %s", f.Name, invalid.GetValue(), kindsOfValues[f.Value.Type()])
	case errors.As(err, &bare):
		_, usage := pflag.UnquoteUsage(bare.GetFlag())
		err = fmt.Errorf("--%s needs a value: %s", bare.GetFlag().Name, usage)
	}
	return exit{exitUsage, fmt.Errorf("%w\nRun '%s --help' for its flags", err, c.CommandPath())}
}

// kindsOfValues say what a flag takes, by its type.
var kindsOfValues = map[string]string{"int": "it takes a whole number", "bool": "it takes true or false"}

func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// noSuchCommand is what the root says of an argument, which is no command.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return exit{exitUsage, fmt.Errorf("there is no command %q: %s", args[0], nearest.Hint(args[0], names))}
}

// takes asks for a number of arguments, which it describes.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return exit{exitUsage, fmt.Errorf("%s needs %s: write '%s'", c.Name(), what, c.UseLine())}
		case len(args) > most:
			return exit{exitUsage, fmt.Errorf("%s does not take %q: write '%s'", c.Name(), strings.Join(args[most:], " "), c.UseLine())}
		}
		return nil
	}
}
