package store

import (
	"fmt"
	"path/filepath"
)

// LowRoom is how much room the file system of a database should have, in bytes: five times what the largest single commit takes, so that a
// person has time to act before a write fails. A first look at the screening list, the largest, was measured at 45 MB of database and 46 MB of
// the log beside it.
const LowRoom = 512 << 20

// Cramped says that the file system of a database is nearly full, for a person; "" where it is not, or where nobody can tell. Once cramped,
// it is so until twice as much room is there, so that it is not said again and again.
func Cramped(path string, room func(folder string) (free int64, known bool), before bool) string {
	free, known := room(filepath.Dir(path))
	low := int64(LowRoom)
	if before {
		low *= 2
	}
	if !known || free >= low {
		return ""
	}
	return fmt.Sprintf("the disk of %s has %d MB of room left, and should have %d: when it is full, nothing that is noticed can be stored; make room, or move the database",
		path, free>>20, low>>20)
}
