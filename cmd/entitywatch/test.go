package main

import (
	"github.com/spf13/cobra"
)

func (a *app) testCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test CHANNEL",
		Short: "Send a marked sample to one channel",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			return a.sample(cmd.Context(), c, args[0])
		},
	}
}
