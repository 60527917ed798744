package config

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Default is the config without a file: the real sources are polled and alerts are printed.
func Default() *Config {
	c := &Config{lines: map[string]Pos{}}
	c.fillDefaults()
	return c
}

// The built-in schedules keep within the publishers' limits: the Federal Register imports every 5 minutes in its office hours,
// the eCFR and the screening list move once or twice a day.
func defaultSources() []Source {
	return []Source{
		{Name: "register", Kind: "federal-register", Schedule: "*/5 4-21 * * *"},
		{Name: "inspection", Kind: "public-inspection", Schedule: "*/5 6-20 * * MON-FRI"},
		{Name: "entity-list", Kind: "ecfr", Schedule: "@every 30m"},
		{Name: "screening-list", Kind: "csl", Schedule: "@every 2h"},
	}
}

var baseURLs = map[string]string{
	"federal-register":  "https://www.federalregister.gov/api/v1",
	"public-inspection": "https://www.federalregister.gov/api/v1",
	"ecfr":              "https://www.ecfr.gov/api/versioner/v1",
	"csl":               "https://data.trade.gov/downloadable_consolidated_screening_list/v1",
	"ofac":              "https://sanctionslistservice.ofac.treas.gov",
	"un":                "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
	"uk":                "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
}

// textFolders are the folders beside the Federal Register's API in which its texts stand, on its own host and on a mirror that keeps its
// layout. The config names those of another.
var textFolders = []string{"/documents/full_text/", "/public-inspection/raw_text/"}

// textURLs are the folders of texts that belong to a base URL of the Register's API.
func textURLs(base string) (urls []string) {
	root, ok := strings.CutSuffix(strings.TrimSuffix(base, "/"), "/api/v1")
	if !ok {
		return nil
	}
	for _, folder := range textFolders {
		urls = append(urls, root+folder)
	}
	return urls
}

var defaultSchedules = map[string]string{
	"federal-register": "*/5 4-21 * * *", "public-inspection": "*/5 6-20 * * MON-FRI", "ecfr": "@every 30m",
	"csl": "@every 2h", "ofac": "@every 15m", "un": "@every 1h", "uk": "@every 1h", "eu": "@every 4h", "news": "@every 10m",
}

// AtPublisher reports whether the source asks its publisher's own host, where the built-in least numbers of entries hold. A mirror may
// serve an excerpt.
func (s *Source) AtPublisher() bool {
	own := baseURLs[s.Kind]
	if s.Kind == "eu" { // needs a token of one's own, and so has no built-in URL
		own = "https://webgate.ec.europa.eu"
	}
	a, errA := url.Parse(own)
	b, errB := url.Parse(s.URL.Reveal())
	return errA == nil && errB == nil && a.Host != "" && strings.EqualFold(a.Hostname(), b.Hostname())
}

func (c *Config) fillDefaults() {
	setDefault(&c.Timezone, "America/New_York")
	leftOut(c, "heartbeat.every", &c.Heartbeat.Every, Duration(5*time.Minute))
	leftOut(c, "tell_after.looks", &c.TellAfter.Looks, 3)
	leftOut(c, "tell_after.or", &c.TellAfter.Or, Duration(30*time.Minute))
	leftOut(c, "deliveries.give_up_after", &c.Deliveries.GiveUpAfter, Duration(24*time.Hour))
	leftOut(c, "deliveries.rest", &c.Deliveries.Rest, Duration(20*time.Second))
	leftOut(c, "ownership.threshold", &c.Ownership.Threshold, 0.5)
	if !c.wrote("database") {
		c.Database = "entitywatch.db"
	}
	if !c.wrote("listen") {
		c.Listen = "127.0.0.1:8080"
	}
	if !c.wrote("ownership.ofac") {
		c.Ownership.OFAC = Switch{On: true}
	}
	if !c.wrote("ownership.bis") { // 90 FR 47201, suspended until 9 November 2026
		c.Ownership.BIS = Switch{On: true, From: "2026-11-10"}
	}
	c.defaultSections()
	for i := range c.Sources {
		c.Sources[i].fillDefaults()
		leftOut(c, fmt.Sprintf("sources[%d].mass_change", i), &c.Sources[i].MassChange, 20)
	}
	for i := range c.Counterparties {
		leftOut(c, fmt.Sprintf("counterparties[%d].threshold", i), &c.Counterparties[i].Threshold, 0.85)
	}
	for i := range c.Rules {
		setDefault(&c.Rules[i].Severity, "normal")
	}
}

func (c *Config) defaultSections() {
	if !c.wrote("sources") {
		c.Sources = defaultSources()
	}
	if !c.wrote("channels") {
		c.Channels = []Channel{{Name: "console", Kind: "console"}}
	}
	if len(c.Channels) == 0 {
		return
	}
	if !c.wrote("rules") {
		c.Rules = []Rule{{Name: "everything", Send: []string{c.Channels[0].Name}}}
	}
	if !c.wrote("operators") {
		c.Operators = []string{c.Channels[0].Name}
	}
}

func (s *Source) fillDefaults() {
	setDefault(&s.URL, Secret(baseURLs[s.Kind]))
	if s.register() && len(s.Texts) == 0 {
		s.Texts = textURLs(s.URL.Reveal())
	}
	setDefault(&s.Schedule, defaultSchedules[s.Kind])
	if len(s.Agencies) == 0 && s.register() {
		s.Agencies = []string{"industry-and-security-bureau"}
	}
}

// register reports whether the source is one of the Federal Register's two.
func (s *Source) register() bool {
	return s.Kind == "federal-register" || s.Kind == "public-inspection"
}

// wrote reports whether the file has the key, even with an empty value.
func (c *Config) wrote(path string) bool {
	_, ok := c.lines[path]
	return ok
}

// leftOut gives a value that the file does not write its default. A 0 that was written is the checker's to judge: it would mean something
// else than the default.
func leftOut[T any](c *Config, path string, v *T, fallback T) {
	if !c.wrote(path) {
		*v = fallback
	}
}

func setDefault[T comparable](v *T, fallback T) {
	var zero T
	if *v == zero {
		*v = fallback
	}
}

func databasePath(dir, dsn string) string {
	if strings.Contains(dsn, "://") {
		return dsn
	}
	return inFolder(dir, dsn)
}
