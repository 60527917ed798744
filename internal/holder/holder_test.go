package holder

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// waits is the variable of the environment under which this program names itself and waits to be killed.
const waits = "ENTITYWATCH_TEST_HOLDER_WAITS"

func TestMain(m *testing.M) {
	if os.Getenv(waits) != "" {
		os.Stdout.WriteString(Self())
		os.Stdin.Read(make([]byte, 1))
		return
	}
	m.Run()
}

func TestWhoIsGone(t *testing.T) {
	self := Self()
	parts := strings.Split(self, "/")
	named := func(pid int, mark string) string { return parts[0] + "/" + strconv.Itoa(pid) + "/" + mark }
	for _, living := range []string{
		self, self + ".second", "elsewhere/1/1", "no holder", parts[0] + "/x/1", parts[0] + "/-1/1", parts[0] + "/0/1", "",
		strings.Join(parts[:2], "/"), self + "/more",
	} {
		if Gone(living) {
			t.Errorf("%q may be at work and counts as gone", living)
		}
	}
	ended := exec.Command(os.Args[0], "-test.run=^$")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	if dead := named(ended.Process.Pid, parts[2]); !Gone(dead) {
		t.Errorf("%s has ended and counts as living", dead)
	}
	if startMark(os.Getpid()) == "" {
		return // the system does not say when a process began
	}
	if reused := named(os.Getpid(), "12"); !Gone(reused) {
		t.Errorf("%s had this process's number before it, and counts as living", reused)
	}
}

// Process 1 belongs to root: whoever else asks may send it no signal, and it lives.
func TestAProcessOfAnotherUserLives(t *testing.T) {
	mark := startMark(1)
	if mark == "" {
		mark = "1"
	}
	if init := place() + "/1/" + mark; Gone(init) {
		t.Errorf("%s counts as gone", init)
	}
}

func TestAHolderIsGoneAsSoonAsItWasKilled(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), waits+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	name := make([]byte, 256)
	n, err := out.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	holder := string(name[:n])
	if Gone(holder) {
		t.Errorf("%s waits and counts as gone", holder)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(name); err == nil { // its end of the pipe is closed with it
		t.Fatal("it was killed and writes")
	}
	in.Close()
	cmd.Wait()
	if !Gone(holder) {
		t.Errorf("%s was killed and counts as living", holder)
	}
}
