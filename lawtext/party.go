package lawtext

import (
	"fmt"
	"strings"

	"entitywatch/diff"
)

// Party is what a cell says of a party.
type Party struct {
	Name        string
	Aliases     []string
	WeakAliases []string
	FormerNames []string
	Addresses   []string
	Notes       []string // "See alternate address under China" and the like
	Declared    int      // the text's own count of aliases; -1 where it states none
	Parts       []Party  // subordinate institutions and affiliated entities named inside the cell
	PartsStated int      // the text's own count of parts; -1 where it states none
	Reserved    bool     // "[Reserved]": no party at all
	Problems    []diff.Problem
}

// longest is the size in bytes of the longest text of a party that is read; the longest there is has 5,000.
const longest = 32 << 10

// ReadParty reads the lines of a party's cell. Lines that begin with a dash are bullets; a blank line stands where the cell has one.
// The lines of rows that continue the cell come behind its own. It never fails: what it cannot place is a problem of kind unread.
func ReadParty(lines []string) Party {
	r := reader{parties: []*draft{newDraft()}}
	size := 0
	for i, line := range lines {
		if size += len(line) + 1; size > longest {
			r.parties[0].problem(diff.Unread, "the text is longer than %d bytes, %d of its %d lines were not read", longest, len(lines)-i, len(lines))
			break
		}
		for piece := range pieces(line) {
			r.line(piece)
		}
	}
	return r.finish()
}

// pieces cuts a line before each bullet that follows on the same line ("ERL;—Institute").
func pieces(line string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for {
			i := strings.Index(line, ";—")
			if i < 0 || !bullet(line) {
				yield(line)
				return
			}
			if !yield(line[:i+1]) {
				return
			}
			line = line[i+1:]
		}
	}
}

func bullet(line string) bool {
	return strings.HasPrefix(line, "—") || strings.HasPrefix(line, "–") || strings.HasPrefix(line, "•") || strings.HasPrefix(line, "- ")
}

// draft is a party while its lines are read.
type draft struct {
	Party
	head    string   // the lines before the aliases
	intro   bool     // the aliases are introduced
	pending int      // aliases still expected
	items   []string // the aliases' lines
	tail    []string // the lines behind the aliases
	gap     bool     // a blank line stood behind the last one
}

func newDraft() *draft {
	return &draft{Party: Party{Declared: -1, PartsStated: -1}}
}

// reader reads lines; the first of its parties is the cell's own, the others are its parts.
type reader struct {
	parties []*draft
	shared  []string // addresses of the entity and of all its parts
	part    bool     // the next line begins a part
	byLine  bool     // each line begins a part ("Affiliated entities:")
	byDash  bool     // each bullet begins a part ("and the following four subordinate entities:")
	common  bool     // the lines that follow are shared addresses
}

func (r *reader) cur() *draft { return r.parties[len(r.parties)-1] }

func (r *reader) begin() *draft {
	d := newDraft()
	r.parties = append(r.parties, d)
	r.part = false
	return d
}

func (r *reader) line(line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		r.cur().gap = true
		return
	}
	if r.label(line) {
		return
	}
	switch {
	case bullet(line):
		r.bullet(strings.TrimLeft(line, "—–•- "))
	case r.common:
		r.shared = append(r.shared, line)
	case r.part:
		r.begin().text(line)
	case r.byLine && r.beginsPart(line):
		r.begin().text(line)
	default:
		r.cur().text(line)
	}
	r.cur().gap = false
}

// beginsPart tells, among affiliated entities, a new one from an alias or the address of the one before.
func (r *reader) beginsPart(line string) bool {
	d := r.cur()
	if len(r.parties) == 1 {
		return true
	}
	if !d.intro {
		return true
	}
	if len(d.tail) == 0 && d.openItem() { // an alias without its bullet
		return false
	}
	return len(d.tail) > 0 || endsWithCountry(d.last()) || !startsLikeAddress(line) && strings.Contains(line, ",")
}

// label acts on a line that introduces what follows: parts, or addresses of all.
func (r *reader) label(line string) bool {
	switch {
	case hasPrefixFold(line, "Subordinate institution"), hasPrefixFold(line, "Subordinate entit"):
		rest := strings.TrimLeft(line[len("Subordinate entit"):], "abcdefghijklmnopqrstuvwxyz")
		rest = strings.TrimLeft(rest, " :")
		r.part = true
		if rest != "" {
			r.begin().text(rest)
		}
	case hasPrefixFold(line, "Affiliated entit"), hasPrefixFold(line, "Affiliates:"):
		r.byLine = true
		if _, rest, _ := strings.Cut(line, ":"); strings.TrimSpace(rest) != "" {
			r.begin().text(strings.TrimSpace(rest))
		}
	case hasPrefixFold(line, "The following ") && strings.HasSuffix(line, " entities:") && r.cur().head == "":
		r.cur().head = strings.TrimSuffix(line[len("The following "):], ":")
		r.byDash = true
	case hasPrefixFold(line, "The following address"):
		r.common = true
		if _, rest, _ := strings.Cut(line, ":"); strings.TrimSpace(rest) != "" {
			r.shared = append(r.shared, strings.TrimSpace(rest))
		}
	default:
		return false
	}
	return true
}

func (r *reader) bullet(text string) {
	d := r.cur()
	if r.byDash && d.pending <= 0 {
		r.begin().text(trimItem(text))
		return
	}
	if before, n, ok := partsStated(text); ok {
		r.parties[0].PartsStated = n
		r.byDash = strings.Contains(text, "the following "+wordBeforeParts(text)) && strings.HasSuffix(text, "subordinate entities:")
		text = before
	}
	if !d.intro && strings.HasSuffix(d.head, ":") { // "…subordinate institution:", and the name as a bullet
		d.head += " " + text
		return
	}
	d.pending--
	d.items = append(d.items, text)
}

// text adds a line without a bullet.
func (d *draft) text(line string) {
	switch {
	case !d.intro && len(d.items) == 0:
		d.addHead(line)
	case d.intro && (d.pending > 0 || d.openItem()) && len(d.tail) == 0 && !d.gap && !startsLikeAddress(line) && !endsWithCountry(line):
		d.pending--
		d.items = append(d.items, line)
	default:
		if d.gap && len(d.tail) > 0 {
			d.tail = append(d.tail, "")
		}
		d.tail = append(d.tail, line)
	}
}

// openItem reports whether the last alias announces another one by its semicolon.
func (d *draft) openItem() bool {
	if len(d.items) == 0 {
		return false
	}
	last := d.items[len(d.items)-1]
	return strings.HasSuffix(last, ";") || strings.HasSuffix(last, "; and")
}

// last is the line read last.
func (d *draft) last() string {
	if n := len(d.tail); n > 0 {
		return d.tail[n-1]
	}
	if n := len(d.items); n > 0 {
		return d.items[n-1]
	}
	return d.head
}

// addHead adds a line before the aliases, and looks whether it introduces them.
func (d *draft) addHead(line string) {
	if d.head != "" {
		line = d.head + "\n" + line
	}
	d.head = line
	before, parts, stated := partsStated(line)
	if stated && d.PartsStated < 0 {
		d.PartsStated = parts
	}
	for m, ok := nextMarker(line, 0); ok; m, ok = nextMarker(line, m.end) {
		in, ok := readIntro(line[m.end:])
		if !ok || m.former {
			continue
		}
		d.intro, d.Declared, d.pending = true, in.count, in.count
		d.head = line[:m.start]
		d.inline(in.rest)
		return
	}
	if name, in, ok := bareIntro(line); ok {
		d.intro, d.Declared, d.pending = true, in.count, in.count
		d.head = name
		d.inline(in.rest)
	} else if stated && strings.HasSuffix(line, ":") { // "NAME, and two subordinate institutions:"
		d.head = before
	}
}

// bareIntro reads an introduction whose "a.k.a." is missing: "NAME, the following one alias:", "NAME, and the following three aliases:".
func bareIntro(line string) (before string, in intro, ok bool) {
	i := strings.Index(line, "the following ")
	if i <= 0 || !strings.HasSuffix(strings.TrimRight(line, " "), ":") {
		return "", intro{}, false
	}
	in, ok = readIntro(line[i:])
	if !ok || in.count < 0 {
		return "", intro{}, false
	}
	before = strings.TrimRight(line[:i], " ,")
	return strings.TrimRight(strings.TrimSuffix(before, " and"), " ,"), in, true
}

// inline adds aliases that stand on the line of their introduction: "one alias: A", "two aliases: A; and B. ADDRESS". What follows the
// last of them stays with it, and is taken apart at the end.
func (d *draft) inline(rest string) {
	for rest != "" {
		item, more := rest, ""
		if d.pending > 1 {
			item, more, _ = strings.Cut(rest, ";")
		}
		if item = strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(item), "and "), "—–- "); item != "" {
			d.pending--
			d.items = append(d.items, item)
		}
		rest = strings.TrimSpace(more)
	}
}

// partsStated reads "and thirteen subordinate institutions", "the following 22 affiliated entities"; before is the text up to there.
func partsStated(text string) (before string, n int, ok bool) {
	if !strings.Contains(text, "subordinate ") && !strings.Contains(text, "affiliate") {
		return "", 0, false
	}
	for _, noun := range [...]string{"subordinate institutions", "subordinate institution", "subordinate entities", "affiliated entities", "affiliates"} {
		i := strings.Index(text, noun)
		if i <= 0 {
			continue
		}
		head := strings.TrimRight(text[:i], " ")
		j := strings.LastIndexByte(head, ' ')
		n, ok := count(head[j+1:])
		if !ok {
			return "", 0, false
		}
		for _, lead := range [...]string{", and to include", "; and the following", ", to include", ", and"} {
			if k := strings.Index(text, lead); k >= 0 && k < i {
				return text[:k], n, true
			}
		}
		return head[:max(0, j)], n, true
	}
	return "", 0, false
}

// wordBeforeParts is the word before "subordinate" in a text that partsStated has read.
func wordBeforeParts(text string) string {
	head, _, _ := strings.Cut(text, " subordinate")
	return head[strings.LastIndexByte(head, ' ')+1:]
}

func (d *draft) problem(kind diff.ProblemKind, format string, args ...any) {
	d.Problems = append(d.Problems, diff.Problem{Kind: kind, Text: fmt.Sprintf(format, args...)})
}
