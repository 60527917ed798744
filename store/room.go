package store

import (
	"fmt"
	"path/filepath"
)

// LowRoom is how much room the file system of a database should have, in bytes. A first look at every list makes a database of 190 MB, and
// while it is written the log beside it may hold as much again; besides that a year of looks brings some 100 MB. Below it there is still time
// for a person to act before a write fails.
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
