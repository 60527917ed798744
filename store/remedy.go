package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// remedy says what to do about a database that cannot be opened, to follow the error; "" where nobody knows.
func remedy(path string, err error) string {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return ""
	}
	dir := filepath.Dir(path)
	switch se.Code() & 0xff { // the rest of the number is detail
	case sqlite3.SQLITE_CANTOPEN:
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return ": the folder " + dir + " does not exist; make it, or name another file in the config's database:"
		}
		return ": the folder " + dir + " must be writable, and the file a plain one"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return ": the file and its folder " + dir + " must be writable"
	case sqlite3.SQLITE_NOTADB:
		return ": the file is another thing than a database and is left as it is; name another file in the config's database:"
	case sqlite3.SQLITE_FULL:
		return ": the disk of " + dir + " is full"
	}
	return ""
}
