package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// others are the rights of everybody but the owner. None of them has any on the database and on what SQLite lays beside it: it holds
// counterparties, evidence and the key of unsubscribe links.
const others fs.FileMode = 0o077

// makePrivate creates the database's file so that its owner alone can read it, and closes files that an earlier version or an umask left
// open to others. SQLite gives -wal and -shm the mode of the database itself. What cannot be closed is refused.
func makePrivate(path string) error {
	if runtime.GOOS == "windows" {
		return nil // access lists, which the folder hands down, rule there
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		createPrivate(path)
	}
	for _, file := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if err := closeToOthers(file); err != nil {
			return err
		}
	}
	return nil
}

// createPrivate makes an empty database, which is a file of no bytes. It never opens the file under its name: closing it would drop the
// locks that another handle of this process has on it by then, as POSIX has it. Where it fails, SQLite says better why.
func createPrivate(path string) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // its mode is 0600
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	if f.Close() == nil {
		_ = os.Link(f.Name(), path) // fails where another has made it meanwhile, which is as good
	}
}

func closeToOthers(file string) error {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Perm()&others == 0 || !info.Mode().IsRegular() {
		return nil
	}
	if err := os.Chmod(file, info.Mode().Perm()&^others); err != nil {
		return fmt.Errorf("%s can be read by others on this machine (mode %04o), and that cannot be changed: %w; run: chmod 600 %s",
			file, info.Mode().Perm(), err, file)
	}
	return nil
}
