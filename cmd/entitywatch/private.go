package main

import (
	"errors"
	"io/fs"
	"os"
)

// What a command writes may name our counterparties, and may hold unsubscribe links: it is for its owner alone.
const (
	privateFile   fs.FileMode = 0o600
	privateFolder fs.FileMode = 0o700
)

// writePrivate writes a file for its owner alone, also where one stood there that others could read.
func writePrivate(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, privateFile)
	if err != nil {
		return err
	}
	if err := f.Chmod(privateFile); err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
