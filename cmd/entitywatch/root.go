package main

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/redact"
	"entitywatch/store"
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

// run is the whole program; it touches nothing but its arguments and what the command line names.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout,
	stderr io.Writer) int {
	scrub := redact.New(config.PublicURLs()...)
	scrub.Add(proxies(getenv)...)
	a := &app{getenv: getenv, stdin: stdin, stdout: scrub.Writer(stdout), stderr: scrub.Writer(stderr), now: time.Now,
		room: store.Room, scrub: scrub}
	root := a.root()
	root.SetArgs(args)
	return a.exit(root.ExecuteContext(ctx))
}

// proxies are the addresses of proxies that the environment names for http.ProxyFromEnvironment; they may hold a
// password. As there, one without a scheme is an HTTP proxy.
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
	root.PersistentFlags().StringVarP(&a.configPath, "config", "c", "",
		"the config file (else $ENTITYWATCH_CONFIG, else entitywatch.yaml here)")
	root.AddCommand(
		a.pollCommand(), a.replayCommand(), a.heldCommand(), a.historyCommand(), a.showCommand(), a.explainCommand(),
		a.doctorCommand(),
		a.screenCommand(), a.compareCommand(), a.mentionsCommand(), a.dismissCommand(),
		a.releaseCommand(), a.deliveriesCommand(), a.retryCommand(), a.subscriptionsCommand(), a.ackCommand(),
		a.testCommand(),
		a.demoCommand(), a.runCommand(), a.inspectCommand(), a.diffCommand(), a.applyCommand(),
		a.versionCommand(), a.initCommand(), a.configCommand(), a.checkCommand(),
	)
	root.SetFlagErrorFunc(wrongFlag)
	strictly(root)
	return root
}

func (a *app) logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: level}))
}
