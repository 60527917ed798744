package main

import (
	"errors"
	"regexp"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"entitywatch/config"
)

var (
	wrongCount  = regexp.MustCompile(`^accepts .*arg\(s\), received (\d+)$`)
	unknownFlag = regexp.MustCompile(`^unknown flag: (--[^=\s]+)`)
	extraWord   = regexp.MustCompile(`^unknown command "(.*)" for "`)
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

// flagsOf are the names of the flags that a command takes.
func flagsOf(cmd *cobra.Command) (names []string) {
	add := func(f *pflag.Flag) { names = append(names, "--"+f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}
