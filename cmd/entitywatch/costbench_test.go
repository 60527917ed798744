package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/redact"
	"entitywatch/store"
)

// sizes are the histories that are measured; the million takes minutes to write.
func sizes() []int {
	if os.Getenv("ENTITYWATCH_MILLION") != "" {
		return []int{0, 100_000, 1_000_000}
	}
	return []int{0, 100_000}
}

// BenchmarkHistory prints what the daemon does all the time, its pages and two commands cost in CPU time of all cores, on histories of several
// sizes; x0 is how many times that is of the same on an empty history.
func BenchmarkHistory(b *testing.B) {
	empty := map[string]float64{}
	for _, n := range sizes() {
		e := filledEngine(b, n)
		file := filepath.Join(b.TempDir(), "c.yaml")
		if err := os.WriteFile(file, fmt.Appendf(nil, "database: %s\n", e.config.Database), 0o600); err != nil {
			b.Fatal(err)
		}
		page := func(path string) func() error {
			h := e.pages()
			return func() error {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:8080"+path, nil))
				if w.Code != 200 {
					return fmt.Errorf("%d", w.Code)
				}
				return nil
			}
		}
		command := func(args ...string) func() error {
			return func() error {
				var out bytes.Buffer
				a := &app{getenv: os.Getenv, stdout: &out, stderr: &out, now: time.Now, room: store.Room, scrub: redact.New(), configPath: file}
				root := a.root()
				root.SetArgs(append(args, "-c", file))
				if code := a.exit(root.ExecuteContext(b.Context())); code != exitDone && code != exitHuman {
					return fmt.Errorf("%d: %s", code, &out)
				}
				return nil
			}
		}
		for _, one := range []struct {
			name string
			do   func() error
		}{
			{"tick", func() error { _, err := e.watcher.Tick(b.Context()); return err }},
			{"healthz", page("/healthz")}, {"metrics", page("/metrics")}, {"page", page("/")},
			{"pulse", func() error { return e.tell(b.Context()) }},
			{"history-20", command("history", "--limit", "20")}, {"doctor", command("doctor")}, {"version", command("version")},
		} {
			b.Run(fmt.Sprintf("%s/%d", one.name, n), func(b *testing.B) {
				if err := one.do(); err != nil { // connections and statements are made
					b.Fatal(err)
				}
				start, rounds := cpuSeconds(), 0
				for b.Loop() {
					if err := one.do(); err != nil {
						b.Fatal(err)
					}
					rounds++
				}
				ms := (cpuSeconds() - start) * 1000 / float64(rounds)
				if n == 0 {
					empty[one.name] = ms
				}
				b.ReportMetric(ms, "cpu-ms/op")
				b.ReportMetric(ms/max(empty[one.name], 0.001), "x0")
			})
		}
	}
}
