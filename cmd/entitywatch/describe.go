package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"entitywatch/config"
	"entitywatch/watcher"
)

// describe writes what a config does, for the person who wrote it.
func (a *app) describe(out io.Writer, c *config.Config) error {
	file := c.File()
	if file == "" {
		file = "the built-in config"
	}
	fmt.Fprintf(out, "%s is valid.\n\n", file)
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tKIND\tNEXT LOOK")
	for _, s := range c.Sources {
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Name, s.Kind, next(s.Schedule, zone, a.now()))
	}
	fmt.Fprintln(w, "\nRULE\tREACHES\tWANTS")
	for _, r := range c.Rules {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, reaches(c, r), wants(r))
	}
	if len(c.Digests) > 0 {
		fmt.Fprintln(w, "\nDIGEST\tTO\tNEXT")
	}
	for _, d := range c.Digests {
		zone := zone
		if d.Timezone != "" {
			if zone, err = time.LoadLocation(d.Timezone); err != nil {
				return err
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", d.Name, digestTo(c, d), next(d.Schedule, zone, a.now()))
	}
	fmt.Fprintf(w, "\noperators\t%s\n", orNone(strings.Join(c.Operators, ", ")))
	if err := w.Flush(); err != nil {
		return err
	}
	return unused(out, c)
}

func next(spec string, zone *time.Location, now time.Time) string {
	s, err := watcher.ParseSchedule(spec, zone)
	if err != nil {
		return err.Error()
	}
	return s.Next(now.In(zone)).Format("Mon 2006-01-02 15:04 MST") + "  (" + spec + ")"
}

// reaches names the ways out of a rule: "trade (slack), legal-weekly (digest by mail)".
func reaches(c *config.Config, r config.Rule) string {
	var out []string
	for _, name := range r.Send {
		out = append(out, name+" ("+channelKind(c, name)+")")
	}
	for _, name := range r.Digest {
		i := slices.IndexFunc(c.Digests, func(d config.Digest) bool { return d.Name == name })
		if i >= 0 {
			out = append(out, fmt.Sprintf("%s (digest by %s)", name, c.Digests[i].Channel))
		}
	}
	return strings.Join(out, ", ")
}

func channelKind(c *config.Config, name string) string {
	for _, ch := range c.Channels {
		if ch.Name == name {
			return ch.Kind
		}
	}
	return "?"
}

func digestTo(c *config.Config, d config.Digest) string {
	to := d.To
	for _, ch := range c.Channels {
		if ch.Name == d.Channel && len(to) == 0 {
			to = ch.To
		}
	}
	if len(to) == 0 {
		return d.Channel
	}
	return strings.Join(to, ", ")
}

// wants says in words what a rule asks for.
func wants(r config.Rule) string {
	var parts []string
	add := func(label string, values []string) {
		if len(values) > 0 {
			parts = append(parts, label+" "+strings.Join(values, "|"))
		}
	}
	if r.News != "" {
		parts = append(parts, "news: "+r.News)
	}
	add("lists", r.Lists)
	add("changes", r.Changes)
	add("stages", r.Stages)
	add("countries", r.Countries)
	add("names", r.Names)
	add("counterparties", r.Counterparties)
	add("feeds", r.Feeds)
	if r.If != "" {
		parts = append(parts, "if "+r.If)
	}
	if len(parts) == 0 {
		return "every substantive change"
	}
	return strings.Join(parts, "; ")
}

// unused points out what is defined and reaches nobody: legal, but rarely meant.
func unused(out io.Writer, c *config.Config) error {
	used := slices.Clone(c.Operators)
	for _, r := range c.Rules {
		used = append(used, r.Send...)
		if r.Acknowledge != nil {
			used = append(used, r.Acknowledge.Escalate...)
		}
	}
	for _, d := range c.Digests {
		used = append(used, d.Channel)
		if !slices.ContainsFunc(c.Rules, func(r config.Rule) bool { return slices.Contains(r.Digest, d.Name) }) {
			fmt.Fprintf(out, "note: no rule collects for the digest %s; it will say that nothing changed\n", d.Name)
		}
	}
	for _, ch := range c.Channels {
		if !slices.Contains(used, ch.Name) {
			fmt.Fprintf(out, "note: nothing is ever sent to the channel %s\n", ch.Name)
		}
	}
	return nil
}
