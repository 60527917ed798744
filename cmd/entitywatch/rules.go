package main

import (
	"fmt"
	"regexp"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// rulesOf makes the watch rules of a config that was checked; an error means that the check and this function disagree.
func rulesOf(c *config.Config) ([]notify.Rule, error) {
	rules := make([]notify.Rule, len(c.Rules))
	for i, r := range c.Rules {
		rule, err := ruleOf(c, r)
		if err != nil {
			return nil, c.ErrorAt(fmt.Sprintf("rules[%d]", i), err.Error(), "")
		}
		rules[i] = rule
	}
	return rules, nil
}

func ruleOf(c *config.Config, r config.Rule) (notify.Rule, error) {
	rule := notify.Rule{
		Name: r.Name, Lists: r.ListIDs(), Editorial: r.Editorial, Countries: r.Countries, Counterparties: r.Counterparties,
		Severity: notify.Severity(r.Severity), Send: r.Send, Digest: r.Digest, News: notify.NewsMode(r.News), Feeds: r.Feeds,
	}
	for _, k := range r.Changes {
		rule.Changes = append(rule.Changes, diff.ChangeKind(k))
	}
	for _, s := range r.Stages {
		rule.Stages = append(rule.Stages, diff.Stage(s))
	}
	for _, p := range r.Names {
		re, err := regexp.Compile(p)
		if err != nil {
			return rule, fmt.Errorf("names: %w", err)
		}
		rule.Names = append(rule.Names, re)
	}
	if r.If != "" {
		condition, err := notify.CompileCondition(r.If)
		if err != nil {
			return rule, fmt.Errorf("if: %w", err)
		}
		rule.If = condition
	}
	if a := r.Acknowledge; a != nil {
		rule.Acknowledge = &notify.Acknowledge{Within: a.Within.Std(), Escalate: a.Escalate}
	}
	mute, err := muteOf(c, r.Mute)
	rule.Mute = mute
	return rule, err
}

func muteOf(c *config.Config, m *config.Mute) (*notify.Mute, error) {
	if m == nil {
		return nil, nil
	}
	zone := c.Timezone
	if m.Timezone != "" {
		zone = m.Timezone
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("mute: %w", err)
	}
	days, err := weekdays(m.Days)
	return &notify.Mute{From: m.Between.From, To: m.Between.To, Days: days, Location: location}, err
}

func weekdays(names []string) ([]time.Weekday, error) {
	var days []time.Weekday
	for _, n := range names {
		day := map[string]time.Weekday{"SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6}
		d, ok := day[n]
		if !ok {
			return nil, fmt.Errorf("mute: %q is not a day", n)
		}
		days = append(days, d)
	}
	return days, nil
}

// digestsOf makes the digests of a config.
func digestsOf(c *config.Config) ([]notify.Digest, error) {
	digests := make([]notify.Digest, len(c.Digests))
	for i, d := range c.Digests {
		zone := c.Timezone
		if d.Timezone != "" {
			zone = d.Timezone
		}
		location, err := time.LoadLocation(zone)
		if err != nil {
			return nil, c.ErrorAt(fmt.Sprintf("digests[%d].timezone", i), err.Error(), "")
		}
		schedule, err := watcher.ParseSchedule(d.Schedule, location)
		if err != nil {
			return nil, c.ErrorAt(fmt.Sprintf("digests[%d].schedule", i), err.Error(), "")
		}
		digests[i] = notify.Digest{
			Name: d.Name, Schedule: schedule, Location: location, Channel: d.Channel, To: d.To, SkipEmpty: d.SkipEmpty,
		}
	}
	return digests, nil
}

// massesOf says for each source how many entries may show the same edit before it is told as one.
func massesOf(c *config.Config) notify.Masses {
	out := notify.Masses{}
	for _, s := range c.Sources {
		out[s.Name] = s.MassChange
	}
	return out
}
