package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"entitywatch/config"
	"entitywatch/store"
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
		wants := map[string]string{"int": "it is not a whole number", "duration": "it is not a valid duration; write 5s or 10m",
			"float64": "it is not a number"}[e.GetFlag().Value.Type()]
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

// known refuses words of a flag that name nothing: what is filtered by a misspelt word is empty, which reads as if nothing had happened. An
// empty word is a flag that was not given.
func known[T ~string](flag string, valid []T, words ...string) error {
	var errs []error
	all := make([]string, len(valid))
	for i, v := range valid {
		all[i] = string(v)
	}
	for _, word := range words {
		if word != "" && !slices.Contains(all, word) {
			errs = append(errs, usage("--%s: there is no %s %q; %s", flag, flag, word, config.DidYouMean(word, all)))
		}
	}
	return errors.Join(errs...)
}

// notNegative refuses a number that makes no sense below zero.
func notNegative(flag string, n int) error {
	if n < 0 {
		return usage("--%s %d is negative", flag, n)
	}
	return nil
}

// knownSource refuses a source that neither the config nor the database knows.
func (a *app) knownSource(ctx context.Context, db *store.DB, name string) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	states, err := db.Sources(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	for _, s := range states {
		names = append(names, s.Name)
	}
	return known("source", unique(names), name)
}

// knownChannel refuses a channel that neither the config nor the database knows.
func (a *app) knownChannel(ctx context.Context, db *store.DB, name string) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	states, err := db.ChannelStates(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, ch := range c.Channels {
		names = append(names, ch.Name)
	}
	for _, s := range states {
		names = append(names, s.Channel)
	}
	return known("channel", unique(names), name)
}

// unique sorts names and takes the doubled ones out.
func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// flagsOf are the names of the flags that a command takes.
func flagsOf(cmd *cobra.Command) (names []string) {
	add := func(f *pflag.Flag) { names = append(names, "--"+f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}
