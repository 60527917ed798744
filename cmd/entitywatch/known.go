package main

import (
	"context"
	"errors"
	"slices"

	"entitywatch/config"
	"entitywatch/store"
)

// known refuses words of a flag that name nothing: what is filtered by a misspelled word is empty, which reads as if
// nothing had happened. An empty word is a flag that was not given.
func known[T ~string](flag string, valid []T, words ...string) error {
	var errs []error
	all := make([]string, len(valid))
	for i, v := range valid {
		all[i] = string(v)
	}
	for _, word := range words {
		if word != "" && !slices.Contains(all, word) {
			errs = append(errs, usage("--%s: there is no %s %q; %s", flag, flag, word, config.DidYouMean(word, all)))
		}
	}
	return errors.Join(errs...)
}

// notNegative refuses a number that makes no sense below zero.
func notNegative(flag string, n int) error {
	if n < 0 {
		return usage("--%s %d is negative", flag, n)
	}
	return nil
}

// knownSource refuses a source that neither the config nor the database knows.
func (a *app) knownSource(ctx context.Context, db *store.DB, name string) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	states, err := db.Sources(ctx)
	if err != nil {
		return err
	}
	names := allSources(c)
	for _, s := range states {
		names = append(names, s.Name)
	}
	return known("source", unique(names), name)
}

// knownChannel refuses a channel that neither the config nor the database knows.
func (a *app) knownChannel(ctx context.Context, db *store.DB, name string) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	states, err := db.ChannelStates(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, ch := range c.Channels {
		names = append(names, ch.Name)
	}
	for _, s := range states {
		names = append(names, s.Channel)
	}
	return known("channel", unique(names), name)
}

// unique sorts names and takes the doubled ones out.
func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
