package main

import (
	"errors"
	"io/fs"
	"os"

	"entitywatch/config"
	"entitywatch/diff"
)

const defaultConfigFile = "entitywatch.yaml"

// configFile is the path that -c, the environment or the working folder names.
func (a *app) configFile() string {
	switch {
	case a.configPath != "":
		return a.configPath
	case a.getenv("ENTITYWATCH_CONFIG") != "":
		return a.getenv("ENTITYWATCH_CONFIG")
	}
	return defaultConfigFile
}

// loadConfig reads the named config. Without any name and without a file here, the built-in config applies.
func (a *app) loadConfig() (*config.Config, error) {
	path := a.configFile()
	named := a.configPath != "" || a.getenv("ENTITYWATCH_CONFIG") != ""
	if _, err := os.Stat(path); !named && errors.Is(err, fs.ErrNotExist) {
		return config.Default(), nil
	}
	c, err := config.Load(path, a.checks())
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return c, nil
}

func (a *app) checks() config.Checks {
	return config.Checks{Getenv: a.getenv, Country: isCountryCode}
}

func isCountryCode(code string) bool {
	_, ok := diff.CountryCode(code)
	return ok
}
