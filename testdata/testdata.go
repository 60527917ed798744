// Package testdata is the scenarios that this project wrote, built into the program so that the demo runs anywhere.
package testdata

import (
	"embed"
	"io/fs"
)

//go:embed scenarios
var files embed.FS

// Scenarios is the directory of scenarios: NAME.yaml, and lists that several share below lists/.
func Scenarios() fs.FS {
	sub, err := fs.Sub(files, "scenarios")
	if err != nil {
		panic(err) // the directory is part of this package
	}
	return sub
}
