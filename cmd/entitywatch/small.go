package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"entitywatch/config"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what this binary was built from",
		Args:  noWords,
		RunE: func(*cobra.Command, []string) error {
			version, revision := buildInfo()
			_, err := fmt.Fprintf(a.stdout, "entitywatch %s %s %s %s/%s\n", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

func buildInfo() (version, revision string) {
	version, revision = "(devel)", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, revision
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	return version, revision
}

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

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "About the config file", Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(&cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the config, for editors",
		Args:  noWords,
		RunE: func(*cobra.Command, []string) error {
			out, err := config.Schema()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.stdout, "%s\n", out)
			return err
		},
	})
	return cmd
}
