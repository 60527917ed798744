package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"entitywatch/config"
)

// exactly, atMost and noWords are how many words a command takes besides its flags.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%s got %s; usage: %s", cmd.CommandPath(), words(len(args)), cmd.UseLine())
		}
		return nil
	}
}

func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%s got %s; usage: %s", cmd.CommandPath(), words(len(args)), cmd.UseLine())
		}
		return nil
	}
}

func noWords(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no further word, and got %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// needs has a command refuse to run without some of its flags.
func needs(cmd *cobra.Command, flags ...string) {
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		for _, name := range flags {
			if !cmd.Flags().Changed(name) {
				return usage("%s needs --%s; usage: %s", cmd.CommandPath(), name, cmd.UseLine())
			}
		}
		return nil
	}
}

// wrongFlag says what would be right where the library says only what is wrong with a flag.
func wrongFlag(cmd *cobra.Command, err error) error {
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok && len(e.GetSpecifiedName()) > 1 {
		return usage("%s; %s", err, config.DidYouMean("--"+e.GetSpecifiedName(), flagsOf(cmd)))
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		wants := map[string]string{"int": "it is not a whole number",
			"duration": "it is not a valid duration; write 5s or 10m",
			"float64":  "it is not a number"}[e.GetFlag().Value.Type()]
		if wants != "" {
			return usage("invalid argument %q for %q flag: %s", e.GetValue(), "--"+e.GetFlag().Name, wants)
		}
	}
	return usage("%s; usage: %s", err, cmd.UseLine())
}

// words counts what was given besides the flags.
func words(n int) string {
	switch n {
	case 0:
		return "no argument"
	case 1:
		return "1 argument"
	}
	return strconv.Itoa(n) + " arguments"
}

// flagsOf are the names of the flags that a command takes.
func flagsOf(cmd *cobra.Command) (names []string) {
	add := func(f *pflag.Flag) { names = append(names, "--"+f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

// strictly has the two commands that the library brings refuse what they do not know; they would print their help and
// end with 0.
func strictly(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("completion") // it is only made for those who ask for it
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "completion":
			cmd.Args, cmd.RunE = knownCommand, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			for _, shell := range cmd.Commands() {
				shell.Args = noWords
			}
		case "help":
			show := cmd.Run
			cmd.Run, cmd.RunE = nil, func(cmd *cobra.Command, args []string) error {
				about, rest, err := root.Find(args)
				if err == nil && len(rest) > 0 {
					err = knownCommand(about, rest)
				}
				if err == nil {
					show(cmd, args)
				}
				return err
			}
		}
	}
}

// knownCommand is for commands that only hold others.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usage("unknown command %q; did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return usage("unknown command %q; %s --help lists them", args[0], cmd.CommandPath())
}
