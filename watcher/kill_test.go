//go:build unix

package watcher_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"entitywatch/store"
)

// TestKilledForReal lets a child process take every step of the story and kills it with SIGKILL, which nothing can catch, at the n-th
// statement of the step; then the next child does the step again. The dead holder's lease must not block its successor.
func TestKilledForReal(t *testing.T) {
	if at := os.Getenv("EW_TEST_KILL"); at != "" {
		beKilled(t, at)
		return
	}
	want := undisturbed(t)
	b := newBench(t)
	b.db.Close()
	kills := 0
	for step := range script(b) {
		for _, n := range []int{1, 3, 9, 14, 60, -1} {
			cmd := exec.Command(os.Args[0], "-test.run=^TestKilledForReal$")
			cmd.Env = append(os.Environ(), fmt.Sprintf("EW_TEST_KILL=%d %d %s", step, n, b.path))
			out, err := cmd.CombinedOutput()
			status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
			switch {
			case status.Signaled() && status.Signal() == syscall.SIGKILL:
				kills++
			case err != nil:
				t.Fatalf("step %d, statement %d: %v\n%s", step, n, err, out)
			}
		}
	}
	if kills < 20 {
		t.Fatalf("only %d children were killed", kills)
	}
	b.open()
	got := contents(b)
	if !slices.Equal(got.told, want.told) {
		t.Errorf("told\n  %q\nwant\n  %q", got.told, want.told)
	}
	if !slices.Equal(got.state, want.state) {
		t.Errorf("in force\n  %q\nwant\n  %q", got.state, want.state)
	}
	if _, _, err := b.db.VerifyAudit(context.Background()); err != nil {
		t.Error(err)
	}
}

// beKilled is the child: "STEP STATEMENT PATH".
func beKilled(t *testing.T, order string) {
	parts := strings.SplitN(order, " ", 3)
	upTo, _ := strconv.Atoi(parts[0])
	left, _ := strconv.Atoi(parts[1])
	b := newBench(t)
	b.db.Close()
	b.path = parts[2]
	b.options = []store.Option{store.WithFault(func(string) error {
		if left--; left == 0 {
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	})}
	b.open()
	for i, step := range script(b) {
		if i <= upTo {
			step()
		}
		if i < upTo {
			b.now = b.now.Add(24 * 3600e9)
		}
	}
	if _, err := b.w.Poll(context.Background()); err != nil {
		t.Fatal(err)
	}
}
