package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
)

// checker finds what is wrong with a config whose types are right.
type checker struct {
	*Config
	checks Checks
	errs   Errors
	zone   *time.Location
}

func (k *checker) fail(path, text, hint string) {
	if len(k.errs) >= mostMistakes {
		return
	}
	if slices.ContainsFunc(k.errs, func(e *Error) bool { return e.Path == path }) {
		return // one mistake a value: the first is the cause
	}
	k.errs = append(k.errs, k.ErrorAt(path, path+": "+text, hint))
}

func (k *checker) all() {
	k.general()
	k.unique()
	for i, s := range k.Sources {
		k.source(fmt.Sprintf("sources[%d]", i), s)
	}
	for i, c := range k.Counterparties {
		k.counterparties(fmt.Sprintf("counterparties[%d]", i), c)
	}
	for i, c := range k.Channels {
		k.channel(fmt.Sprintf("channels[%d]", i), c)
	}
	for i, d := range k.Digests {
		k.digest(fmt.Sprintf("digests[%d]", i), d)
	}
	for i, r := range k.Rules {
		k.rule(fmt.Sprintf("rules[%d]", i), r)
	}
}

func (k *checker) general() {
	k.zone = k.timezone("timezone", k.Timezone)
	k.references("operators", k.Operators, "channel", k.channelNames())
	if k.Listen != "" {
		_, port, err := net.SplitHostPort(k.Listen)
		if number, perr := strconv.ParseUint(port, 10, 16); err != nil || perr != nil || number == 0 {
			k.fail("listen", fmt.Sprintf("%q is not a valid address", k.Listen), "write host:port, say 127.0.0.1:8080, or \"\" to turn it off")
		}
	}
	k.httpURL("public_url", k.PublicURL)
	k.httpURL("heartbeat.url", k.Heartbeat.URL.Reveal())
	if k.Heartbeat.Every.Std() < 10*time.Second {
		k.fail("heartbeat.every", "is shorter than 10s", "")
	}
	k.positive("tell_after.looks", k.TellAfter.Looks > 0, "1 tells of the first look that fails; 3 is the default")
	k.positive("tell_after.or", k.TellAfter.Or > 0, "write how long a source may fail, say 30m")
	k.positive("deliveries.give_up_after", k.Deliveries.GiveUpAfter > 0, "write how long a delivery is tried, say 24h")
	k.positive("deliveries.rest", k.Deliveries.Rest > 0, "write how long the other side may still be at work on a send, say 20s")
	if strings.Contains(k.Database, "://") {
		k.fail("database", "only a SQLite file is supported", "write a path, say entitywatch.db")
	}
	if len(k.Channels) == 0 && k.wrote("channels") {
		k.fail("channels", "is empty, so nobody would hear of anything", "leave the section out to print alerts")
	}
	if len(k.Sources) == 0 {
		k.fail("sources", "is empty, so nothing would be polled", "leave the section out for the built-in sources")
	}
	k.positive("ownership.threshold", k.Ownership.Threshold > 0, "write 50%")
}

// positive refuses a 0 that would mean nothing, or silently the default.
func (k *checker) positive(path string, ok bool, hint string) {
	if !ok {
		k.fail(path, "is 0", hint)
	}
}

func (k *checker) unique() {
	k.distinct("sources", k.sourceNames(""))
	k.distinct("channels", k.channelNames())
	k.distinct("digests", k.digestNames())
	k.distinct("counterparties", k.counterpartyNames())
	rules := make([]string, len(k.Rules))
	for i, r := range k.Rules {
		rules[i] = r.Name
	}
	k.distinct("rules", rules)
}

func (k *checker) distinct(section string, names []string) {
	seen := make(map[string]bool, len(names))
	for i, n := range names {
		twice := n != "" && seen[n]
		seen[n] = true
		if twice {
			k.fail(fmt.Sprintf("%s[%d].name", section, i), fmt.Sprintf("%q is used twice", n), "give each its own name")
		}
	}
}

func (k *checker) source(path string, s Source) {
	k.schedule(path+".schedule", s.Schedule, k.zone)
	if s.URL == "" && (s.Kind == "news" || s.Kind == "eu") {
		k.fail(path, fmt.Sprintf("a source of kind %s needs \"url\"", s.Kind), "")
	}
	k.httpURL(path+".url", s.URL.Reveal())
	for i, raw := range s.Texts {
		at := fmt.Sprintf("%s.texts[%d]", path, i)
		k.httpURL(at, raw)
		if u, err := url.Parse(raw); err == nil && (u.User != nil || u.RawQuery != "") {
			k.fail(at, "has a password or a query", "links below it are shown in alerts: write its scheme, host and path alone")
		}
	}
	if len(s.Texts) > 0 && !s.register() && s.Kind != "news" {
		k.fail(path+".texts", fmt.Sprintf("a source of kind %s has no texts beside its url", s.Kind), "")
	}
	k.positive(path+".mass_change", s.MassChange > 0, "write how many entries may show the same edit before it is told as one, say 20")
	k.lists(path+".lists", s.Lists)
	k.plausible(path+".plausible", s.Plausible)
	k.patterns(path+".match", s.Match)
	for i, a := range s.Agencies {
		if !slug.MatchString(a) {
			k.fail(fmt.Sprintf("%s.agencies[%d]", path, i), fmt.Sprintf("%q is not an agency slug", a), "write it as in the Federal Register's addresses: industry-and-security-bureau")
		}
	}
	if s.Was != "" && slices.Contains(k.sourceNames(""), s.Was) {
		k.fail(path+".was", fmt.Sprintf("%q is still another source's name", s.Was), "")
	}
}

// plausible checks the limits by list.
func (k *checker) plausible(path string, p Plausible) {
	var seen []string
	for i, l := range p.Lists {
		at := fmt.Sprintf("%s.lists[%d].list", path, i)
		if slices.Contains(seen, l.List) {
			k.fail(at, fmt.Sprintf("%q stands twice", l.List), "write all limits of a list in one place")
		}
		k.reference(at, l.List, "list", listNames())
		seen = append(seen, l.List)
	}
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (k *checker) counterparties(path string, c Counterparties) {
	if c.Threshold > 1 || c.Threshold < 0.3 {
		k.fail(path+".threshold", fmt.Sprintf("%v is outside 0.3–1", c.Threshold), "0.85 finds the same names in other spellings")
	}
	dir := dirOf(k.file)
	k.readable(path+".file", inFolder(dir, c.File))
	k.readable(path+".owners", inFolder(dir, c.Owners))
}

func (k *checker) readable(path, file string) {
	if file == "" {
		return
	}
	if info, err := os.Stat(file); err != nil {
		k.fail(path, fmt.Sprintf("%s cannot be read: %v", file, rootCause(err)), "a relative path starts at the config's folder")
	} else if info.IsDir() {
		k.fail(path, fmt.Sprintf("%s is a folder", file), "name the CSV file in it")
	}
}

func (k *checker) digest(path string, d Digest) {
	zone := k.zone
	if d.Timezone != "" {
		zone = k.timezone(path+".timezone", d.Timezone)
	}
	k.schedule(path+".schedule", d.Schedule, zone)
	k.reference(path+".channel", d.Channel, "channel", k.channelNames())
	for i, to := range d.To {
		k.address(fmt.Sprintf("%s.to[%d]", path, i), to)
	}
	if c := k.channelNamed(d.Channel); c != nil && c.Kind == "email" && len(d.To) == 0 && len(c.To) == 0 {
		k.fail(path, fmt.Sprintf("nobody would get it: neither the digest nor channel %q has \"to\"", d.Channel), "")
	}
}

func (k *checker) timezone(path, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		k.fail(path, fmt.Sprintf("%q is not a time zone", name), "write an IANA name, say America/New_York or Europe/Berlin")
		return time.UTC
	}
	return zone
}

func (k *checker) schedule(path, spec string, zone *time.Location) {
	if spec == "" || k.checks.Schedule == nil {
		return
	}
	if err := k.checks.Schedule(spec, zone); err != nil {
		k.fail(path, err.Error(), "write minute hour day month weekday, say \"0 8 * * MON-FRI\", or @every 10m")
	}
}

func (k *checker) httpURL(path, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		// the text itself may hold a secret: it is not repeated
		k.fail(path, "is not a web address", "write https://host/path")
	}
}

func (k *checker) address(path, text string) {
	if _, err := mail.ParseAddress(text); err != nil {
		k.fail(path, fmt.Sprintf("%q is not a mail address", text), "write name@example.com or \"Name <name@example.com>\"")
	}
}

func (k *checker) lists(path string, names []string) { k.references(path, names, "list", listNames()) }

func listNames() []string {
	valid := make([]string, 0, len(diff.Lists()))
	for _, id := range diff.Lists() {
		valid = append(valid, string(id))
	}
	return valid
}

func (k *checker) patterns(path string, patterns []string) {
	for i, p := range patterns {
		if _, err := regexp.Compile(p); err != nil {
			k.fail(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%q does not compile: %v", p, err), "Go's regular expressions: https://pkg.go.dev/regexp/syntax")
		}
	}
}

func (k *checker) references(path string, names []string, what string, valid []string) {
	for i, n := range names {
		k.reference(fmt.Sprintf("%s[%d]", path, i), n, what, valid)
	}
}

func (k *checker) reference(path, name, what string, valid []string) {
	if name == "" || slices.Contains(valid, name) {
		return
	}
	hint := DidYouMean(name, valid)
	if len(valid) == 0 {
		hint = "none is defined"
	}
	k.fail(path, fmt.Sprintf("no %s is called %q", what, name), hint)
}
