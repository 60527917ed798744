package config

import (
	"entitywatch/diff"
)

// Config is the whole file, defaults filled in.
type Config struct {
	Database       string           `yaml:"database" doc:"SQLite file, relative to this file"`
	Timezone       string           `yaml:"timezone" doc:"IANA zone of schedules and of times in messages and on pages, which name it; commands and JSON give UTC"`
	Listen         string           `yaml:"listen" doc:"address of unsubscribe, health and metrics; \"\" turns it off"`
	PublicURL      string           `yaml:"public_url" doc:"how people reach the listener"`
	APIToken       Secret           `yaml:"api_token" doc:"bearer token of the screening endpoint; needed once public_url is set or listen is not a loopback address"`
	Contact        string           `yaml:"contact" doc:"who to reach about our requests; goes into the User-Agent"`
	UserAgent      string           `yaml:"user_agent" doc:"replaces the whole User-Agent"`
	Heartbeat      Heartbeat        `yaml:"heartbeat" doc:"a URL that hears regularly that the daemon lives"`
	Operators      []string         `yaml:"operators" doc:"channels that hear of held, broken, recovered, dead, refused config, unsubscribed"`
	TellAfter      TellAfter        `yaml:"tell_after" doc:"how long a source may fail before the operators are told"`
	Fetch          Fetch            `yaml:"fetch" doc:"limits of requests to the upstreams"`
	Deliveries     Deliveries       `yaml:"deliveries" doc:"how long a delivery is tried"`
	Sources        []Source         `yaml:"sources" doc:"the upstreams to poll"`
	Counterparties []Counterparties `yaml:"counterparties" doc:"our own vendors, customers, employees"`
	Mentions       Mentions         `yaml:"mentions" doc:"how sure a mention in the news must be"`
	Ownership      Ownership        `yaml:"ownership" doc:"the 50 % rules"`
	Channels       []Channel        `yaml:"channels" doc:"where messages go"`
	Digests        []Digest         `yaml:"digests" doc:"collected mails on their own schedule"`
	Rules          []Rule           `yaml:"rules" doc:"which change is sent where"`

	file     string
	lines    map[string]Pos
	expanded map[string]expansion
}

// Heartbeat is a GET request every so often.
type Heartbeat struct {
	URL   Secret   `yaml:"url"`
	Every Duration `yaml:"every"`
}

// TellAfter is how long a source may fail before the operators are told: so many looks, or so much time, whichever comes first.
type TellAfter struct {
	Looks int      `yaml:"looks" doc:"looks that failed, one after the other; 3"`
	Or    Duration `yaml:"or" doc:"or for how long it fails; 30m"`
}

// Fetch limits requests to the upstreams. What is 0 keeps the built-in value.
type Fetch struct {
	Timeout  Duration `yaml:"timeout" doc:"of one attempt, body included; 60s"`
	MaxBytes int      `yaml:"max_bytes" doc:"of one answer, decompressed; 128 MiB"`
	Attempts int      `yaml:"attempts" doc:"tries of one request; 4"`
	Rate     float64  `yaml:"rate" doc:"requests a second and host; 4"`
}

// Deliveries says when a delivery that keeps failing is given up (dead letter, told to the operators), and how long one whose outcome is
// not known rests before it is looked for and repeated.
type Deliveries struct {
	GiveUpAfter Duration `yaml:"give_up_after"`
	Rest        Duration `yaml:"rest"`
}

// Source is one upstream.
type Source struct {
	Name         string    `yaml:"name" need:"true"`
	Kind         string    `yaml:"kind" need:"true" oneof:"federal-register public-inspection ecfr csl ofac un uk eu news"`
	Was          string    `yaml:"was" doc:"the name it had before, so that a rename keeps its baseline"`
	URL          Secret    `yaml:"url" doc:"base URL; the real one if left out"`
	Texts        []string  `yaml:"texts" doc:"base URLs of its documents or articles, beside url, no secret in them; reached wherever they lead, as url is (federal-register, public-inspection, news)"`
	Schedule     string    `yaml:"schedule" doc:"cron (minute hour day month weekday) or @every 10m"`
	Agencies     []string  `yaml:"agencies" doc:"slugs of the Federal Register's agencies"`
	Lists        []string  `yaml:"lists" doc:"only these lists of the source"`
	Primary      *bool     `yaml:"primary" doc:"whether this source decides about its lists"`
	Plausible    Plausible `yaml:"plausible" doc:"what an answer must look like to be believed"`
	ReleaseAfter Release   `yaml:"release_after" doc:"off, or at least 60d: when a missing entry counts as removed without a rule"`
	MassChange   int       `yaml:"mass_change" doc:"the same edit to more entries than this is one grouped alert"`
	Articles     bool      `yaml:"articles" doc:"fetch the text of each article (news)"`
	Match        []string  `yaml:"match" doc:"keep only items whose title or summary matches one of these (news)"`
	LookBack     Duration  `yaml:"look_back" doc:"how far back documents are read again (federal-register)"`
	FullEvery    Duration  `yaml:"full_every" doc:"how often the whole file is compared beside the deltas (ofac)"`
	Rate         float64   `yaml:"rate" doc:"requests a second to its host"`
}

// Plausible is what an answer must look like to be believed. Each list has built-in limits (diff.BuiltIn); what is written here takes their
// place. Where a source has several lists, MinEntries stands for its main one (the Entity List, the SDN List), and the shares for all.
type Plausible struct {
	MinEntries  int         `yaml:"min_entries" doc:"of the source's main list: fewer entries than this are not believed"`
	MaxShrink   Percent     `yaml:"max_shrink" doc:"a list that lost more than this share is not believed"`
	MaxGrowth   Percent     `yaml:"max_growth" doc:"a list that gained more than this share at once, and no act says so, is not believed"`
	MaxEdited   Percent     `yaml:"max_edited" doc:"a list of which more than this share was edited at once, and no act says so, is not believed"`
	AcceptAfter Duration    `yaml:"accept_after" doc:"believe a held answer that is still the same after this long; left out: never by itself"`
	Lists       []Plausibly `yaml:"lists" doc:"limits of single lists of the source"`
}

// Plausibly are the limits of one list of a source.
type Plausibly struct {
	List       string  `yaml:"list" need:"true" doc:"the list's id"`
	MinEntries int     `yaml:"min_entries" doc:"fewer entries than this are not believed"`
	MaxShrink  Percent `yaml:"max_shrink"`
	MaxGrowth  Percent `yaml:"max_growth"`
	MaxEdited  Percent `yaml:"max_edited"`
}

// Counterparties is one file of the organisation's own parties.
type Counterparties struct {
	Name      string  `yaml:"name" need:"true"`
	File      string  `yaml:"file" need:"true" doc:"CSV: id,name[,country][,address][,aliases separated by ;]"`
	Threshold float64 `yaml:"threshold" doc:"score from which a match is told, 0–1"`
	Owners    string  `yaml:"owners" doc:"CSV: id,owner_id|owner_name,percent"`
}

// Mentions says how sure it must be that a report names a listed party.
type Mentions struct {
	Threshold Percent `yaml:"threshold" doc:"least confidence, 0–1; 0.75 prefers precision"`
}

// Ownership switches the 50 % rules.
type Ownership struct {
	BIS       Switch  `yaml:"bis" doc:"on, off, or from 2026-11-10"`
	OFAC      Switch  `yaml:"ofac" doc:"on, off, or from a date"`
	Threshold Percent `yaml:"threshold"`
}

// Channel is one way out.
type Channel struct {
	Name string `yaml:"name" need:"true"`
	Kind string `yaml:"kind" need:"true" oneof:"slack email webhook teams console"`

	Token       Secret `yaml:"token" doc:"Slack bot token"`
	AppToken    Secret `yaml:"app_token" doc:"Slack app token: Socket Mode for the Acknowledge button"`
	ChannelID   string `yaml:"channel" doc:"Slack channel, by id or #name"`
	WebhookURL  Secret `yaml:"webhook_url" doc:"Slack incoming webhook, instead of a token"`
	APIURL      Secret `yaml:"api_url" doc:"Slack API of a test server"`
	UploadLists *bool  `yaml:"upload_lists" doc:"attach the full list of a large act as CSV (Slack)"`

	SMTP Secret   `yaml:"smtp" doc:"smtp://user:password@host:587[?tls=none|starttls|implicit]"`
	From string   `yaml:"from"`
	To   []string `yaml:"to"`

	URL          Secret   `yaml:"url"`
	Secret       Secret   `yaml:"secret" doc:"whsec_ and a base64 key (webhook)"`
	Secrets      []Secret `yaml:"secrets" doc:"[new, old] while a key is rotated (webhook)"`
	AllowPrivate bool     `yaml:"allow_private" doc:"permit a private address"`

	Rate float64 `yaml:"rate" doc:"messages a second"`
}

// Digest is a collected message on its own schedule.
type Digest struct {
	Name      string   `yaml:"name" need:"true"`
	Schedule  string   `yaml:"schedule" need:"true"`
	Timezone  string   `yaml:"timezone"`
	Channel   string   `yaml:"channel" need:"true"`
	To        []string `yaml:"to" doc:"recipients; the channel's own if left out"`
	SkipEmpty bool     `yaml:"skip_empty"`
}

// Rule says which change is sent where. Every rule that matches sends.
type Rule struct {
	Name           string       `yaml:"name" need:"true"`
	Lists          []string     `yaml:"lists"`
	Changes        []string     `yaml:"changes" doc:"default: all substantive ones"`
	Stages         []string     `yaml:"stages" doc:"limits the updates; the first notice is always sent"`
	Countries      []string     `yaml:"countries" doc:"ISO 3166 codes"`
	Names          []string     `yaml:"names" doc:"regular expressions over name, aliases, former names"`
	Counterparties []string     `yaml:"counterparties" doc:"only what touches these"`
	If             string       `yaml:"if" doc:"a condition over the Change"`
	Editorial      bool         `yaml:"editorial" doc:"also changes of punctuation and layout"`
	Severity       string       `yaml:"severity" oneof:"low normal high"`
	Acknowledge    *Acknowledge `yaml:"acknowledge"`
	Mute           *Mute        `yaml:"mute"`
	Send           []string     `yaml:"send" doc:"channels, at once"`
	Digest         Names        `yaml:"digest" doc:"digests that collect it"`
	News           string       `yaml:"news" oneof:"mentions listing"`
	Feeds          []string     `yaml:"feeds" doc:"only these news sources"`
}

// Acknowledge asks for a person's answer in time.
type Acknowledge struct {
	Within   Duration `yaml:"within" need:"true"`
	Escalate []string `yaml:"escalate" need:"true"`
}

// Mute delays what a rule sends while it lasts.
type Mute struct {
	Between  Window   `yaml:"between" need:"true"`
	Days     []string `yaml:"days" doc:"MON … SUN; every day if left out"`
	Timezone string   `yaml:"timezone"`
}

// ListIDs are the rule's lists as ids.
func (r Rule) ListIDs() []diff.ListID { return listIDs(r.Lists) }

// ListIDs are the source's lists as ids.
func (s Source) ListIDs() []diff.ListID { return listIDs(s.Lists) }

func listIDs(names []string) []diff.ListID {
	ids := make([]diff.ListID, len(names))
	for i, n := range names {
		ids[i] = diff.ListID(n)
	}
	return ids
}
