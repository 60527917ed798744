// Package holder names processes as holders of leases, and tells whether another one has ended, so that a process that was
// killed does not block its successor until its lease runs out.
package holder

import (
	"crypto/rand"
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Self names this process: where it runs, its number there, and a mark that tells it from others of the same number,
// parted by slashes. Process numbers come again, and containers of one host each count from 1. Several holders within one
// process add a point and a mark of their own.
func Self() string {
	mark := startMark(os.Getpid())
	if mark == "" {
		mark = rand.Text()[:8]
	}
	return place() + "/" + strconv.Itoa(os.Getpid()) + "/" + mark
}

// Gone reports whether a holder that Self named in another process has certainly ended. It knows only processes of the
// same place; others, and what it does not understand, count as living until their lease ends.
func Gone(holder string) bool {
	parts := strings.Split(holder, "/")
	if len(parts) != 3 || parts[0] != place() || runtime.GOOS == "windows" {
		return false
	}
	pid, err := strconv.Atoi(parts[1])
	if err != nil || pid <= 0 {
		return false
	}
	if mark := startMark(pid); mark != "" {
		began, _, _ := strings.Cut(parts[2], ".")
		return mark != began
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer func() { _ = p.Release() }() // it only forgets the process
	// a signal that is not permitted found somebody
	return errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

// place is the host with what keeps its process numbers apart: since which start of the machine, in which namespace.
func place() string {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "unknown"
	}
	parts := []string{host}
	if boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		parts = append(parts, strings.TrimSpace(string(boot)))
	}
	if space, err := os.Readlink("/proc/self/ns/pid"); err == nil {
		parts = append(parts, space)
	}
	return strings.ReplaceAll(strings.Join(parts, ","), "/", "-")
}

// startMark is when a process began, in clock ticks since the machine's start; "" where it cannot be known. It is the
// 22nd field of /proc/PID/stat, the 20th behind the name, which stands in brackets and may hold anything (proc(5)).
func startMark(pid int) string {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(fields) < 20 {
		return ""
	}
	if fields[0] == "Z" { // it ended, and nobody has waited for it
		return "ended"
	}
	return fields[19]
}
