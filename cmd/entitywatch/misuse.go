package main

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"entitywatch/config"
	"entitywatch/store"
)

var (
	wrongCount  = regexp.MustCompile(`^accepts .*arg\(s\), received (\d+)$`)
	unknownFlag = regexp.MustCompile(`^unknown flag: (--[^=\s]+)`)
	extraWord   = regexp.MustCompile(`^unknown command "(.*)" for "`)
	wrongValue  = regexp.MustCompile(`^(invalid argument ".*" for ".*" flag): (strconv|time)\b`)
)

// hinted says what would be right where the command-line library says only what is wrong.
func hinted(cmd *cobra.Command, err error) error {
	if err == nil || cmd == nil {
		return err
	}
	if _, ours := errors.AsType[*exitError](err); ours {
		return err
	}
	text := err.Error()
	switch {
	case wrongCount.MatchString(text):
		return usage("%s got %s; usage: %s", cmd.CommandPath(), words(wrongCount.FindStringSubmatch(text)[1]), cmd.UseLine())
	case unknownFlag.MatchString(text):
		return usage("%s; %s", text, config.DidYouMean(unknownFlag.FindStringSubmatch(text)[1], flagsOf(cmd)))
	case extraWord.MatchString(text) && !cmd.HasSubCommands():
		return usage("%s takes no further word, and got %q", cmd.CommandPath(), extraWord.FindStringSubmatch(text)[1])
	case wrongValue.MatchString(text):
		part := wrongValue.FindStringSubmatch(text)
		return usage("%s: %s", part[1], map[string]string{
			"strconv": "it is not a whole number", "time": "it is not a duration; write 5s or 10m",
		}[part[2]])
	case misused(err):
		return usage("%s; usage: %s", text, cmd.UseLine())
	}
	return err
}

// words counts what was given besides the flags.
func words(n string) string {
	switch n {
	case "0":
		return "no argument"
	case "1":
		return "1 argument"
	}
	return n + " arguments"
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
