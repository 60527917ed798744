package main

import (
	"log/slog"

	"github.com/spf13/cobra"
)

func (a *app) runCommand() *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the daemon until it is told to stop",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			defer holdHeap(a.getenv)()
			d := &daemon{app: a, log: a.logger(level), build: build}
			return d.run(cmd.Context(), c)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log every request")
	return cmd
}
