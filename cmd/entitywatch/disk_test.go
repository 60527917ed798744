package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entitywatch/redact"
	"entitywatch/store"
)

// roomy is a file system with so much room.
func roomy(free *int64) func(string) (int64, bool) {
	return func(string) (int64, bool) { return *free, true }
}

func TestCheckAndDoctorSayThatTheDiskIsNearlyFull(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	text := "database: e.db\nsources: [{name: list, kind: un}]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lookedAt(t, filepath.Join(dir, "e.db"), map[string]time.Duration{"list": time.Minute}, nil)
	for free, low := range map[int64]bool{store.LowRoom - 1: true, store.LowRoom: false} {
		for _, command := range []string{"check", "doctor", "doctor --json"} {
			var out, errs bytes.Buffer
			a := &app{getenv: func(string) string { return "" }, stdout: &out, stderr: &errs, now: time.Now, room: roomy(&free), scrub: redact.New()}
			root := a.root()
			root.SetArgs(append(strings.Fields(command), "-c", file))
			code := a.exit(root.ExecuteContext(t.Context()))
			if said := strings.Contains(out.String(), "511 MB of room left"); said != low {
				t.Errorf("%s with %d bytes free: code %d, %s %s", command, free, code, &out, &errs)
			}
			if want := map[bool]int{true: exitHuman, false: exitDone}[low && command != "check"]; code != want {
				t.Errorf("%s with %d bytes free: code %d, want %d", command, free, code, want)
			}
		}
	}
}

// The operators hear of it while writes still work, and health says so, without a restart being asked for.
func TestTheOperatorsHearOfADiskThatIsNearlyFull(t *testing.T) {
	e := quietEngine(t, "")
	free := int64(store.LowRoom - 1)
	e.room = roomy(&free)
	if code, body := healthOf(t, e); code != http.StatusOK || !strings.Contains(body, `"ok":false`) || !strings.Contains(body, `"disk":"the disk of `) {
		t.Errorf("%d %s", code, body)
	}
	if why := e.cramped(); len(why) != 1 || len(e.stuck()) != 0 {
		t.Errorf("cramped %q, stuck %q", why, e.stuck())
	}
	free = store.LowRoom + 1 // hardly better, and not said again and again
	if why := e.cramped(); len(why) != 1 {
		t.Errorf("with a little more: %q", why)
	}
	free = 2 * store.LowRoom
	if _, body := healthOf(t, e); strings.Contains(body, `"disk"`) {
		t.Errorf("with room again: %s", body)
	}
	if _, known := store.Room(t.TempDir()); !known {
		t.Log("this system does not say how much room there is")
	}
}
