//go:build linux || darwin

package store

import "syscall"

// Room is how many bytes this user may still write to a folder's file system; known is false where the system does not say.
func Room(folder string) (free int64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true //nolint:unconvert // Bsize has another type on other systems
}
