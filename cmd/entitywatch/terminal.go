package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a person sees the output as it comes: only then are there colors.
func isTerminal(w io.Writer) bool {
	if outer, ok := w.(interface{ Unwrap() io.Writer }); ok {
		w = outer.Unwrap()
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == ""
}
