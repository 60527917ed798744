package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

var (
	changeKinds = []string{"added", "removed", "amended", "renamed", "discrepancy"}
	stageNames  = []string{"reported", "filed", "published", "effective", "codified", "listed"}
	dayNames    = []string{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"}
)

func (k *checker) rule(path string, r Rule) {
	k.lists(path+".lists", r.Lists)
	k.references(path+".changes", r.Changes, "kind of change", changeKinds)
	k.references(path+".stages", r.Stages, "stage", stageNames)
	k.references(path+".counterparties", r.Counterparties, "counterparties file", k.counterpartyNames())
	k.references(path+".feeds", r.Feeds, "news source", k.sourceNames("news"))
	k.references(path+".send", r.Send, "channel", k.channelNames())
	k.references(path+".digest", r.Digest, "digest", k.digestNames())
	k.patterns(path+".names", r.Names)
	k.countries(path+".countries", r.Countries)
	if r.If != "" && k.checks.Condition != nil {
		if err := k.checks.Condition(r.If); err != nil {
			k.fail(path+".if", fmt.Sprintf("%q: %v", r.If, err), "it speaks of the Change, say: len(change.entry.aliases) > 2")
		}
	}
	if len(r.Send) == 0 && len(r.Digest) == 0 && !k.failedBelow(path+".send") && !k.failedBelow(path+".digest") {
		k.fail(path, "does nothing: it has neither \"send\" nor \"digest\"", "name a channel or a digest")
	}
	if r.Acknowledge != nil {
		k.references(path+".acknowledge.escalate", r.Acknowledge.Escalate, "channel", k.channelNames())
	}
	if r.Mute != nil {
		k.references(path+".mute.days", r.Mute.Days, "day", dayNames)
		if r.Mute.Timezone != "" {
			k.timezone(path+".mute.timezone", r.Mute.Timezone)
		}
	}
	k.newsRule(path, r)
}

func (k *checker) newsRule(path string, r Rule) {
	if r.News == "" && len(r.Feeds) > 0 {
		k.fail(path+".feeds", "needs \"news: mentions\" or \"news: listing\"", "")
	}
	if r.News != "" && len(r.Changes) > 0 {
		k.fail(path+".changes", "says nothing in a rule about news", "make a rule of its own for changes")
	}
}

func (k *checker) countries(path string, codes []string) {
	for i, code := range codes {
		if len(code) != 2 || k.checks.Country != nil && !k.checks.Country(code) {
			k.fail(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%q is not a country code", code), "two letters of ISO 3166: CN, HK, RU")
		}
	}
}

func (k *checker) sourceNames(kind string) []string {
	return namesOf(k.Sources, func(s Source) (string, bool) { return s.Name, kind == "" || s.Kind == kind })
}

func (k *checker) channelNames() []string {
	return namesOf(k.Channels, func(c Channel) (string, bool) { return c.Name, true })
}

func (k *checker) digestNames() []string {
	return namesOf(k.Digests, func(d Digest) (string, bool) { return d.Name, true })
}

func (k *checker) counterpartyNames() []string {
	return namesOf(k.Counterparties, func(c Counterparties) (string, bool) { return c.Name, true })
}

func (k *checker) channelNamed(name string) *Channel {
	i := slices.IndexFunc(k.Channels, func(c Channel) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &k.Channels[i]
}

func namesOf[T any](items []T, name func(T) (string, bool)) []string {
	var names []string
	for _, item := range items {
		if n, ok := name(item); ok {
			names = append(names, n)
		}
	}
	return names
}

// rootCause leaves the path out of a file error; the message names it already.
func rootCause(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
