package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/redact"
	"entitywatch/store"
)

// The exit codes that scripts depend on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitHuman  = 3 // done, but a problem of kind unread or surprise needs a human
)

// app is what a command may touch of the world.
type app struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	room           func(folder string) (free int64, known bool) // of a file system
	configPath     string
	scrub          *redact.Scrubber // of everything that is written; learns the secrets of each config that is loaded
}

// exitError ends a command with a code. A nil err prints nothing.
type exitError struct {
	code int
	err  error
}

// Error says why the command ends; where that was said already, its code ("exit 3").
func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

// Unwrap gives the error that the command ends with; nil where there is only a code.
func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

var errNeedsHuman = &exitError{code: exitHuman}

// run is the whole program; it touches nothing but its arguments and what the command line names.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	scrub := redact.New(config.PublicURLs()...)
	scrub.Add(proxies(getenv)...)
	a := &app{getenv: getenv, stdin: stdin, stdout: scrub.Writer(stdout), stderr: scrub.Writer(stderr), now: time.Now, room: store.Room, scrub: scrub}
	root := a.root()
	root.SetArgs(args)
	return a.exit(root.ExecuteContext(ctx))
}

// proxies are the addresses of proxies that the environment names for http.ProxyFromEnvironment; they may hold a password. As there, one
// without a scheme is an HTTP proxy.
func proxies(getenv func(string) string) (addresses []string) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
		address := getenv(name)
		if address != "" && !strings.Contains(address, "://") {
			address = "http://" + address
		}
		addresses = append(addresses, address)
	}
	return addresses
}

func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	code := exitFailed
	if ee, ok := errors.AsType[*exitError](err); ok {
		code = ee.code
		if ee.err == nil {
			return code
		}
	} else if _, ok := errors.AsType[config.Errors](err); ok {
		code = exitUsage
	}
	fmt.Fprintln(a.stderr, err)
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "entitywatch",
		Short:         "Watches restricted-party lists and the rules that change them, and tells who must know",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.PersistentFlags().StringVarP(&a.configPath, "config", "c", "", "the config file (else $ENTITYWATCH_CONFIG, else entitywatch.yaml here)")
	root.AddCommand(
		a.pollCommand(), a.replayCommand(), a.heldCommand(), a.historyCommand(), a.showCommand(), a.explainCommand(), a.doctorCommand(),
		a.screenCommand(), a.compareCommand(), a.mentionsCommand(), a.dismissCommand(),
		a.releaseCommand(), a.deliveriesCommand(), a.retryCommand(), a.subscriptionsCommand(), a.ackCommand(), a.testCommand(),
		a.demoCommand(), a.runCommand(), a.inspectCommand(), a.diffCommand(), a.applyCommand(),
		a.versionCommand(), a.initCommand(), a.configCommand(), a.checkCommand(),
	)
	root.SetFlagErrorFunc(wrongFlag)
	strictly(root)
	return root
}

// strictly has the two commands that the library brings refuse what they do not know; they would print their help and end with 0.
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
