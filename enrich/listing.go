package enrich

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// Talk is what a text says of parties being put on a list.
type Talk struct {
	Candidates []Candidate   // in the order of the text, each name once
	Words      string        // the words of listing, as they stand
	Lists      []diff.ListID // that these words speak of; empty where they do not say
	Confidence float64       // 0 to 1; 0 where there is no talk of listing
}

// Candidate is a name that a text says is to be listed. Whether it is listed already, the text does not tell.
type Candidate struct {
	Name       string
	Start, End int // byte offsets in the text
	Confidence float64
}

// patterns are what the sentences of a report are read by, made when the first report is read.
var patterns = sync.OnceValue(func() *struct {
	sentenceEnd, addition, explicit, against, introduces, background, object, bullet *regexp.Regexp
} {
	return &struct {
		sentenceEnd, addition, explicit, against, introduces, background, object, bullet *regexp.Regexp
	}{
		// sentences end in a stop that no abbreviation of a company's form ends in.
		sentenceEnd: regexp.MustCompile(`[.!?]["”’)]?\s+|\n+`),
		// addition is being put on a list, said of the future or of the past.
		addition: regexp.MustCompile(`(?i)\b(?:add(?:s|ed|ing)?|plac(?:e|es|ed|ing)|put(?:s|ting)?|includ(?:e|es|ed|ing))\b[^;]{0,400}?` +
			`\b(?:to|on|onto|in)\b[^.;]{0,60}?` +
			`\b(?:entity list|blacklist|black list|sanctions list|trade list|export control list|restricted list|denied persons list|` +
			`unverified list|military end[- ]user list|sdn list|list of (?:sanctioned|restricted|specially designated)[^.;]{0,40})` +
			`|\b(?:blacklist(?:s|ed|ing)|to blacklist)\b` +
			`|\bimpos(?:e|es|ed|ing)\b[^.;]{0,40}\b(?:sanctions|export restrictions|export controls)\b[^.;]{0,30}\b(?:on|against)\b` +
			`|\b(?:sanction(?:s|ed|ing)|to sanction)\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|` +
			`several|chinese|russian|iranian|the|a group)\b` +
			`|\bdesignat(?:e|es|ed|ing)\b[^.;]{0,120}\b(?:specially designated|sdns?|executive order|sanctions)\b`),
		// explicit names the list itself.
		explicit: regexp.MustCompile(`(?i)\b(?:entity list|blacklist|sanctions list|sdn list)\b`),
		// against is talk of the opposite, or of what is not so.
		against: regexp.MustCompile(`(?i)\b(?:remov(?:e|es|ed|ing|al)|delist\w*|lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|revok\w+|taken off|` +
			`deny|denied|denies|not (?:be |been )?(?:add|plac|put|blacklist|sanction)\w*|no plans?|ruled out|reject(?:s|ed)?|unlike|` +
			`spared|avoid(?:s|ed)?|waiv\w+|sued?|appeal\w*|overturn\w*)\b`),
		// introduces a list of names in the next sentence.
		introduces: regexp.MustCompile(`(?i)\b(?:(?:companies|entities|firms|organi[sz]ations|targets|list|names|sdns|additions)\b[^.]{0,40}` +
			`\b(?:includ(?:e|es|ed|ing)|are|were|is|namely)|(?:they|these|those) include|among (?:them|the (?:companies|firms|entities))|also (?:to be )?(?:listed|added|blacklisted)|` +
			`(?:is|are|was|were) (?:also )?(?:on|among) the (?:list|blacklist)|also (?:on|among))\b`),
		// background is talk of a listing of some other time.
		background: regexp.MustCompile(`(?i)\b(?:already|previously|earlier this year|last (?:year|month)|years? ago|since 20\d\d|same list|` +
			`in (?:(?:late|early|mid) )?(?:january|february|march|april|may|june|july|august|september|october|november|december|20\d\d))\b`),
		// object is what stands between the verb and the list.
		object: regexp.MustCompile(`(?i)\b(?:add(?:s|ed|ing)?|plac(?:e|es|ed|ing)|put(?:s|ting)?|blacklist(?:s|ed|ing)|sanction(?:s|ed|ing))\b`),
		// bullet begins a line of an enumeration.
		bullet: regexp.MustCompile(`^\s*(?:[•▪◦*·–—-]|\(?\d{1,2}[.)])\s+`),
	}
})

// ListingTalk finds the organizations that a text says are to be put, or were put, on a list. It is conservative: the sentence must say
// so in words of listing, without a word of removal or denial, and a name must look like an organization's by its form ("… Co., Ltd.",
// "… Institute") or stand in a row with such names. Fewer than two candidates give a confidence below 0.5.
func ListingTalk(text string) Talk {
	var t Talk
	carry := 0    // sentences in which an enumeration may go on
	rows := false // lines of names follow
	for _, s := range sentences(text) {
		sentence := text[s[0]:s[1]]
		words := patterns().addition.FindString(sentence)
		switch {
		case rows && patterns().bullet.MatchString(sentence):
			t.take(sentence, s[0], true, true)
			continue
		case patterns().against.MatchString(sentence), words == "" && patterns().background.MatchString(sentence):
			carry, rows = 0, false
			continue
		case words != "" && patterns().background.MatchString(sentence) && len(t.Candidates) > 0:
			continue // what was so before
		case words != "":
			carry = mostCarried
			if t.Words == "" {
				t.Words = words
			}
			t.listed(sentence)
		case carry > 0 && patterns().introduces.MatchString(sentence):
			carry--
		default:
			carry, rows = 0, rows && strings.TrimSpace(sentence) == ""
			continue
		}
		rows = strings.HasSuffix(strings.TrimSpace(sentence), ":")
		t.take(sentence, s[0], patterns().explicit.MatchString(sentence), false)
	}
	t.merge()
	t.weigh()
	return t
}

// mostCarried is for how many sentences behind one that speaks of a listing the names may go on.
const mostCarried = 4

// listed notes the lists that a sentence of listing speaks of.
func (t *Talk) listed(sentence string) {
	low := strings.ToLower(sentence)
	for _, l := range []struct {
		list  diff.ListID
		words []string
	}{
		{diff.EntityList, []string{"entity list", "commerce", "bureau of industry"}},
		{diff.UnverifiedList, []string{"unverified list"}},
		{diff.MilitaryEndUserList, []string{"military end"}},
		{diff.DeniedPersons, []string{"denied persons"}},
		{diff.SDN, []string{"sdn", "specially designated", "treasury", "ofac", "sanction"}},
	} {
		if slices.ContainsFunc(l.words, func(w string) bool { return strings.Contains(low, w) }) && !slices.Contains(t.Lists, l.list) {
			t.Lists = append(t.Lists, l.list)
		}
	}
}

// abbreviations end in a stop that ends no sentence.
var abbreviations = set("ltd co inc corp u.s u.k mr ms dr st no jan feb oct nov dec sept aug")

// sentences are the bounds of a text's sentences.
func sentences(text string) [][2]int {
	var out [][2]int
	start := 0
	for _, at := range patterns().sentenceEnd.FindAllStringIndex(text, -1) {
		before, end := text[start:at[0]], text[at[0]:at[1]]
		last := strings.ToLower(before[strings.LastIndexAny(before, " \n(")+1:])
		if end[0] == '.' && (len(last) <= 1 || abbreviations[last]) && !strings.Contains(end, "\n") && !begins(text[at[1]:]) {
			continue
		}
		out = append(out, [2]int{start, at[0] + 1})
		start = at[1]
	}
	return append(out, [2]int{start, len(text)})
}

// begins reports whether a word that begins sentences stands in front.
func begins(text string) bool {
	w, _, _ := strings.Cut(text[:min(len(text), 20)], " ")
	return starters[w]
}

var starters = set("Also The It Its In They These Those This That But And Both Among Another He She We According Under On At By For As")

// take adds the organizations of one sentence. In a row of an enumeration a name needs no form.
func (t *Talk) take(sentence string, offset int, listNamed, inRow bool) {
	orgs := organizations(sentence)
	firm := slices.ContainsFunc(orgs, func(n org) bool { return n.form })
	from, to := objectOf(sentence)
	for _, n := range orgs {
		c := Candidate{Name: sentence[n.start:n.end], Start: offset + n.start, End: offset + n.end, Confidence: 0.3}
		switch {
		case !n.form && names.IsPlace(c.Name):
			continue
		case n.form:
			c.Confidence = 0.6
		case n.described, inRow:
			c.Confidence = 0.5
		case n.start >= from && n.end <= to:
			c.Confidence = 0.4
		case !firm || !n.row:
			continue
		}
		if listNamed {
			c.Confidence += 0.2
		}
		t.Candidates = append(t.Candidates, c)
		if next := sentence[n.end:]; inRow && (strings.HasPrefix(next, ":") || !strings.Contains(next, ":")) {
			return // what follows on the line tells of it
		}
	}
}

// objectOf is the part of a sentence that is put on a list: "[adds] Tarnow, Sundal and others [to the Entity List]"; none where it is not
// said so.
func objectOf(sentence string) (from, to int) {
	words := patterns().addition.FindStringIndex(sentence)
	if words == nil {
		return 0, 0
	}
	verb := patterns().object.FindStringIndex(sentence[words[0]:words[1]])
	if verb == nil {
		return 0, 0
	}
	return words[0] + verb[1], words[1]
}

// merge makes one candidate of those that are written in several ways: "Tarnow" and "Tarnow Group Ltd", the longest of them, in the
// place of the first.
func (t *Talk) merge() {
	var out []Candidate
	for _, c := range t.Candidates {
		key := diff.Normalise(c.Name)
		at := slices.IndexFunc(out, func(o Candidate) bool {
			known := diff.Normalise(o.Name)
			return known == key || strings.HasPrefix(known, key+" ") || strings.HasPrefix(key, known+" ")
		})
		switch {
		case at < 0:
			out = append(out, c)
		case len(key) > len(diff.Normalise(out[at].Name)):
			c.Confidence = max(c.Confidence, out[at].Confidence)
			out[at] = c
		default:
			out[at].Confidence = max(c.Confidence, out[at].Confidence)
		}
	}
	t.Candidates = out
}

// weigh sets the confidence of the whole.
func (t *Talk) weigh() {
	switch n := len(t.Candidates); {
	case t.Words == "" || n == 0:
		*t = Talk{}
	case n == 1:
		t.Confidence = min(0.4, t.Candidates[0].Confidence)
	default:
		for _, c := range t.Candidates {
			t.Confidence = max(t.Confidence, c.Confidence)
		}
		t.Confidence = min(0.9, t.Confidence+0.05*float64(n-2))
	}
}
