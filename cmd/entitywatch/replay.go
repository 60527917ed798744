package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/replay"
)

func (a *app) replayCommand() *cobra.Command {
	var scenario, listen string
	var every time.Duration
	cmd := &cobra.Command{
		Use:   "replay --listen ADDR",
		Short: "Serve only the upstreams of a scenario over HTTP, and print a config that polls them",
		Long: "Serve only the upstreams of a scenario over HTTP, and print a config that polls them. It starts at\n" +
			"the first state and moves on by POST /replay/next, or by itself with --every.",
		Args: noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if every < 0 {
				return usage("--every %s is negative", every)
			}
			s, err := loadScenario(scenario)
			if err != nil {
				return err
			}
			upstreams, err := replay.NewServer(s)
			if err != nil {
				return err
			}
			return a.replay(cmd.Context(), upstreams, listen, every)
		},
	}
	cmd.Flags().StringVar(&scenario, "scenario", defaultScenario,
		"what the upstreams show; demo --list names the scenarios")
	cmd.Flags().StringVar(&listen, "listen", "", "host:port on this machine, say 127.0.0.1:9090")
	cmd.Flags().DurationVar(&every, "every", 0, "move on by itself, say 5s")
	needs(cmd, "listen")
	return cmd
}

func (a *app) replay(ctx context.Context, upstreams *replay.Server, listen string, every time.Duration) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("replay: listen on %s: %w; write --listen 127.0.0.1:9090, with a port that is free", listen, err)
	}
	base := "http://" + l.Addr().String()
	a.printRehearsal(upstreams, base)
	srv := &http.Server{Handler: upstreams, ReadHeaderTimeout: 10 * time.Second}
	go a.advance(ctx, upstreams, every)
	go func() { <-ctx.Done(); srv.Close() }()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// printRehearsal prints a config that polls the upstreams under any clock, into a database of its own: what never
// happened must not get among what did. By the real one the scenario's documents are old: look_back has the register
// look for them all the same.
func (a *app) printRehearsal(upstreams *replay.Server, base string) {
	fmt.Fprintf(a.stdout,
		"# %s\n# next state: curl -X POST %s/replay/next\ndatabase: rehearsal-%s.db\nlisten: \"\"\nsources:\n",
		upstreams.Scenario().Title, base, upstreams.Scenario().Name)
	for _, s := range replayedSources(upstreams, base) {
		more := ""
		if s.Articles {
			more = fmt.Sprintf(", articles: true, texts: [%q]", s.Texts[0])
		}
		if s.Kind == "federal-register" {
			const before = 30 // days: what was published shortly before the scenario begins belongs to it
			more = fmt.Sprintf(", look_back: %dd", before+int(a.now().Sub(upstreams.Now())/(24*time.Hour)))
		}
		fmt.Fprintf(a.stdout,
			"  - {name: %s, kind: %s, url: %q, schedule: \"@every 1m\", rate: %g, plausible: {max_shrink: 5%%}%s}\n",
			s.Name, s.Kind, s.URL.Reveal(), s.Rate, more)
	}
}

func (a *app) advance(ctx context.Context, upstreams *replay.Server, every time.Duration) {
	if every <= 0 {
		return
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if !upstreams.Next() {
			return
		}
		i, n, what := upstreams.State()
		fmt.Fprintf(a.stderr, "[%d/%d] %s\n", i+1, n, what)
	}
}
