package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/replay"
)

const defaultScenario = "xinjiang-2019"

type demoOptions struct {
	scenario, db, render string
	asJSON, keep, list   bool
	samples              []config.Channel // rendered, never sent
}

func (a *app) demoCommand() *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run the whole daemon offline, against upstreams replayed on this machine",
		Long: "Run the whole daemon offline: the real pipeline against upstreams that replay a scenario over HTTP\n" +
			"on this machine, in a temporary database, printing each alert as it would be sent. With -c it uses\n" +
			"that file's rules, counterparties, channels and digests, and really sends.",
		Args: noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.list {
				return a.listScenarios()
			}
			return a.demo(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.scenario, "scenario", defaultScenario, "what the upstreams show; --list names the scenarios")
	f.StringVar(&o.db, "db", "", "use this database file instead of a temporary one")
	f.StringVar(&o.render, "render", "", "write what each channel got into this folder")
	f.BoolVar(&o.asJSON, "json", false, "print Changes, stages, deliveries and a summary, one JSON object a line")
	f.BoolVar(&o.keep, "keep", false, "keep the temporary database, and say where it is")
	f.BoolVar(&o.list, "list", false, "name the scenarios")
	return cmd
}

func (a *app) demo(ctx context.Context, o demoOptions) (err error) {
	scenario, err := loadScenario(o.scenario)
	if err != nil {
		return err
	}
	upstreams, err := replay.NewServer(scenario)
	if err != nil {
		return err
	}
	base, stop, err := serve(ctx, upstreams)
	if err != nil {
		return err
	}
	defer stop()
	if o.render != "" {
		if err := os.MkdirAll(o.render, privateFolder); err != nil {
			return fmt.Errorf("--render: %w", err)
		}
		if a.configPath == "" {
			o.samples = sampleChannels()
		}
	}
	c, err := a.demoConfig(upstreams, base, o)
	if err != nil {
		return err
	}
	cleanUp, err := demoDatabase(c, o, a.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cleanUp()) }()
	return a.play(ctx, c, upstreams, o)
}

// demoConfig is the named config, or the built-in one, with its sources replaced by the replayed upstreams.
func (a *app) demoConfig(upstreams *replay.Server, base string, o demoOptions) (*config.Config, error) {
	c := config.Default()
	if a.configPath != "" {
		var err error
		if c, err = a.loadConfig(); err != nil {
			return nil, err
		}
	}
	if len(o.samples) > 0 {
		withSamples(c, o.samples)
	}
	c.Sources = replayedSources(upstreams, base)
	c.Listen = ""
	return c, nil
}

// demoDatabase names the database of a demo and returns what removes a temporary one.
func demoDatabase(c *config.Config, o demoOptions, stderr io.Writer) (cleanUp func() error, err error) {
	if o.db != "" {
		c.Database = o.db
		return func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "entitywatch-demo-")
	if err != nil {
		return nil, err
	}
	c.Database = filepath.Join(dir, "entitywatch.db")
	if o.keep {
		return func() error {
			_, err := fmt.Fprintf(stderr, "the database is kept: %s\n", c.Database)
			return err
		}, nil
	}
	return func() error { return os.RemoveAll(dir) }, nil
}
