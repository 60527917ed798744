package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"entitywatch/config"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a commented config to start from; never overwrites one",
		Args:  atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := a.configFile()
			if len(args) == 1 {
				path = args[0]
			}
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // it will hold secrets
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s exists and is left as it is; name another file: entitywatch init FILE", path)
			}
			if err != nil {
				return fmt.Errorf("init: %w", err)
			}
			_, err = f.Write(config.Sample)
			if err := errors.Join(err, f.Close()); err != nil {
				return fmt.Errorf("init: write %s: %w", path, err)
			}
			fmt.Fprintf(a.stderr, "wrote %s; edit it, then run: entitywatch check -c %s\n", path, path)
			return nil
		},
	}
}
