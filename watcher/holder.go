package watcher

import (
	"crypto/rand"
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// newHolder names this process in leases: host, process and a mark of its own, since process numbers come again.
func newHolder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return host + "/" + strconv.Itoa(os.Getpid()) + "/" + rand.Text()[:8]
}

// holderGone tells whether the process behind a lease is dead, so that a killed daemon does not block its successor. It
// is sure only of processes of this host; others count as living until their lease ends. A wrong guess costs work,
// never correctness: the fencing token keeps the loser from committing.
func holderGone(self string) func(string) bool {
	return func(holder string) bool {
		mine, theirs := strings.Split(self, "/"), strings.Split(holder, "/")
		if len(mine) != 3 || len(theirs) != 3 || mine[0] != theirs[0] || runtime.GOOS == "windows" {
			return false
		}
		if mine[1] == theirs[1] {
			return mine[2] != theirs[2]
		}
		pid, err := strconv.Atoi(theirs[1])
		if err != nil {
			return false
		}
		p, err := os.FindProcess(pid)
		return err != nil || errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
	}
}
