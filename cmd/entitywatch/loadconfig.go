package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/text/language"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/watcher"
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
		c := config.Default()
		a.sayBuiltIn(path, c)
		return c, nil
	}
	c, err := a.load(path)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return c, nil
}

// load reads a config, and has its secrets masked in everything that is written from now on.
func (a *app) load(path string) (*config.Config, error) {
	c, err := config.Load(path, a.checks())
	if err == nil {
		a.scrub.AddFeeds(c.Feeds()...)
		a.scrub.Add(c.Secrets()...)
	}
	return c, err
}

// sayBuiltIn tells a person, who may stand in the wrong folder, that no file of theirs is in force.
func (a *app) sayBuiltIn(looked string, c *config.Config) {
	if whole, err := filepath.Abs(looked); err == nil {
		looked = whole
	}
	fmt.Fprintf(a.stderr, "NO CONFIG FILE: there is none at %s, and neither --config nor $ENTITYWATCH_CONFIG names one. "+
		"The built-in config is in force: database %s in this folder, no rules of yours, alerts are printed. `entitywatch "+
		"init` writes a config.\n",
		looked, c.Database)
}

func (a *app) checks() config.Checks {
	return config.Checks{Getenv: a.getenv, Schedule: watcher.CheckSchedule, Condition: compiles, Country: isCountryCode}
}

func compiles(condition string) error {
	_, err := notify.CompileCondition(condition)
	return err
}

func isCountryCode(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.String() == code
}
