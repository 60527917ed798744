package main

import (
	"errors"
	"regexp"

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
		return usage("%s; it is used so: %s", text, cmd.UseLine())
	case unknownFlag.MatchString(text):
		return usage("%s; %s", text, config.DidYouMean(unknownFlag.FindStringSubmatch(text)[1], flagsOf(cmd)))
	case extraWord.MatchString(text) && !cmd.HasSubCommands():
		return usage("%s takes no further word, and got %q", cmd.CommandPath(), extraWord.FindStringSubmatch(text)[1])
	case misused(err):
		return usage("%s; it is used so: %s", text, cmd.UseLine())
	}
	return err
}

// flagsOf are the names of the flags that a command takes.
func flagsOf(cmd *cobra.Command) (names []string) {
	add := func(f *pflag.Flag) { names = append(names, "--"+f.Name) }
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}
