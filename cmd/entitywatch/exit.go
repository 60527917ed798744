package main

import (
	"errors"
	"fmt"

	"entitywatch/config"
)

func orHuman(err error, human bool) error {
	if err == nil && human {
		return errNeedsHuman
	}
	return err
}

// The exit codes that scripts depend on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitHuman  = 3 // done, but a problem of kind unread or surprise needs a human
)

// exitError ends a command with a code. A nil err prints nothing.
type exitError struct {
	code int
	err  error
}

// Error says why the command ends; where that was said already, its code ("exit 3").
func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

// Unwrap gives the error that the command ends with; nil where there is only a code.
func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

var errNeedsHuman = &exitError{code: exitHuman}

func (a *app) exit(err error) int {
	if err == nil {
		return exitDone
	}
	code := exitFailed
	if ee, ok := errors.AsType[*exitError](err); ok {
		code = ee.code
		if ee.err == nil {
			return code
		}
	} else if _, ok := errors.AsType[config.Errors](err); ok {
		code = exitUsage
	}
	fmt.Fprintln(a.stderr, err)
	return code
}
