package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what this binary was built from",
		Args:  noWords,
		RunE: func(*cobra.Command, []string) error {
			version, revision := buildInfo()
			_, err := fmt.Fprintf(a.stdout, "entitywatch %s %s %s %s/%s\n", version, revision, runtime.Version(), runtime.GOOS,
				runtime.GOARCH)
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
