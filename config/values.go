package config

import (
	"fmt"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
)

// A value that is written as one scalar parses itself; the error says what would be right.
type scalar interface{ parse(text string) error }

var (
	_ scalar = (*Secret)(nil)
	_ scalar = (*Duration)(nil)
	_ scalar = (*Percent)(nil)
	_ scalar = (*Switch)(nil)
	_ scalar = (*Release)(nil)
	_ scalar = (*Window)(nil)
)

// Secret is a value that must not be shown: printing, logging and encoding it give "***". Reveal gives the value.
type Secret string

func (s *Secret) parse(text string) error { *s = Secret(text); return nil }

// Reveal returns the value itself.
func (s Secret) Reveal() string { return string(s) }

// String implements fmt.Stringer.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString implements fmt.GoStringer, so that %#v shows nothing either.
func (s Secret) GoString() string { return s.String() }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText implements encoding.TextMarshaler.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Secrets are all secret values of the config, for whatever keeps them out of texts: tokens, passwords, and the URLs that hold some or are
// some. The built-in addresses are none, and those of feeds are told apart.
func (c *Config) Secrets() []string {
	var out []string
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.String:
			if v.Type() == reflect.TypeFor[Secret]() && v.String() != "" {
				out = append(out, v.Interface().(Secret).Reveal())
			}
		}
	}
	walk(reflect.ValueOf(c).Elem())
	known := slices.Concat(PublicURLs(), c.Feeds())
	return slices.DeleteFunc(out, func(s string) bool { return slices.Contains(known, s) })
}

// Feeds are the URLs of feeds, which are secrets, too, while the articles below them are not.
func (c *Config) Feeds() (urls []string) {
	for i := range c.Sources {
		if s := &c.Sources[i]; s.Kind == "news" && s.URL != "" {
			urls = append(urls, s.URL.Reveal())
		}
	}
	return urls
}

// PublicURLs are the built-in addresses of the sources, which everybody knows.
func PublicURLs() []string { return slices.Sorted(maps.Values(baseURLs)) }

// Duration is a time.Duration that also knows days: 90s, 10m, 4h, 60d.
type Duration time.Duration

func (d *Duration) parse(text string) error {
	v, err := parseDuration(text)
	if err != nil {
		return fmt.Errorf("is not a valid duration; write 30s, 10m, 4h or 60d")
	}
	if v < 0 {
		return fmt.Errorf("is negative")
	}
	*d = Duration(v)
	return nil
}

func parseDuration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

// Std is the duration as the standard library knows it.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes the duration as the file does.
func (d Duration) String() string { return time.Duration(d).String() }

// Percent is a share between 0 and 1, written 2% or 0.02.
type Percent float64

func (p *Percent) parse(text string) error {
	number, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("is not a share; write 2%% or 0.02")
	}
	*p = Percent(v)
	return nil
}

// Switch turns a rule on, off, or on from a date.
type Switch struct {
	On   bool
	From diff.Date // "" means always
}

func (s *Switch) parse(text string) error {
	switch strings.ToLower(text) {
	case "on", "true", "yes":
		*s = Switch{On: true}
		return nil
	case "off", "false", "no":
		*s = Switch{}
		return nil
	}
	day, ok := strings.CutPrefix(text, "from ")
	date, err := diff.ParseDate(strings.TrimSpace(day))
	if !ok || err != nil {
		return fmt.Errorf("is neither on, off nor \"from 2026-11-10\"")
	}
	*s = Switch{On: true, From: date}
	return nil
}

// Active reports whether the rule is on at a day.
func (s Switch) Active(day diff.Date) bool { return s.On && (s.From == "" || day >= s.From) }

// String writes the switch as the file does.
func (s Switch) String() string {
	switch {
	case !s.On:
		return "off"
	case s.From != "":
		return "from " + string(s.From)
	}
	return "on"
}

// Release is how long an entry that vanished without a rule stays listed; 0 means until a rule or a person releases it.
type Release time.Duration

// Real drops were restored after 51 days, so a shorter time would tell removals that never were.
const shortestRelease = 60 * 24 * time.Hour

func (r *Release) parse(text string) error {
	if t := strings.ToLower(text); t == "off" || t == "false" || t == "no" {
		*r = 0
		return nil
	}
	v, err := parseDuration(text)
	if err != nil {
		return fmt.Errorf("is neither off nor a duration of 60d or more")
	}
	if v < shortestRelease {
		return fmt.Errorf("is too short: entries dropped by mistake were restored after 51 days; write 60d or more, or off")
	}
	*r = Release(v)
	return nil
}

// Window is a span of the day, possibly over midnight.
type Window struct {
	From, To time.Duration // since midnight
}

func (w *Window) parse(text string) error {
	from, to, ok := strings.Cut(text, "-")
	a, errA := time.Parse("15:04", strings.TrimSpace(from))
	b, errB := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || errA != nil || errB != nil || a.Equal(b) {
		return fmt.Errorf("is not a span of the day; write \"22:00-06:00\"")
	}
	*w = Window{From: sinceMidnight(a), To: sinceMidnight(b)}
	return nil
}

func sinceMidnight(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// Names is a list that may also be written as one name.
type Names []string
