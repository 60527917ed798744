package email

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"sort"

	"entitywatch/notify"
)

// most is how many bytes each part of a mail may take: Gmail clips a mail at 102 KB, and with it the link to
// unsubscribe.
const most = 90_000

// smallest is how many bytes of HTML a party, a Case or a line of the contents takes at the least.
const smallest = 60

// body is a mail's two parts, and a file with all of it where they leave something out.
type body struct {
	view view
	html []byte
	text string
	rest *notify.File
}

// fit is the mail of a message with as many of its Cases and parties as it may hold. What finds no room stands in an
// attached file, which repeats the whole message.
func (c *Channel) fit(m notify.Message) (body, error) {
	said := m.Compose()
	b, err := c.render(m, said)
	if err != nil || b.size() <= most {
		return b, err
	}
	whole := notify.Trim(m, notify.Limits{Size: most / 3, Weigh: weigh}).Compose()
	name := "entitywatch-" + fileName(m) + ".txt"
	steps := cuttable(whole.Sections)
	least := max(steps-most/smallest, 1)                     // so many cannot find room whatever they are
	n := least + sort.Search(steps-least, func(i int) bool { // how many to leave out
		var short body
		short, err = c.render(m, without(whole, least+i, name))
		return err != nil || short.size() <= most
	})
	if err != nil {
		return b, err
	}
	b, err = c.render(m, without(whole, n, name))
	b.rest = &notify.File{Name: name, Type: "text/plain; charset=utf-8", Data: []byte(said.Text(notify.TextOptions{Width: width}))}
	return b, err
}

// weigh is what a text takes in HTML, in which a sign may take five bytes.
func weigh(s string) int { return len(html.EscapeString(s)) }

// size is that of the larger part: a mail program shows one of them.
func (b body) size() int { return max(len(b.html), len(b.text)) }

func (c *Channel) render(m notify.Message, said notify.Composition) (body, error) {
	v := c.view(m, said)
	var page bytes.Buffer
	if err := pageHTML.Execute(&page, v); err != nil {
		return body{}, fmt.Errorf("email: write HTML: %w", err)
	}
	return body{view: v, html: page.Bytes(), text: v.text()}, nil
}

// cuttable is how many steps without can take: a party each, the head of a Case, a line of the contents.
func cuttable(sections []notify.Section) (n int) {
	for _, s := range sections {
		n += len(s.Parties)
		switch s.Kind {
		case notify.SecCase, notify.SecHuman, notify.SecNews:
			n++
		case notify.SecContents:
			n += len(s.Texts)
		}
	}
	return n
}

// without leaves out so many steps from the end of what a mail tells at length; what was checked, what needs attention
// and what touches us stays. It says in which file the rest stands.
func without(said notify.Composition, steps int, file string) notify.Composition {
	sections, kept := said.Sections, []notify.Section{}
	parties, cases := 0, 0
	for i := len(sections) - 1; i >= 0; i-- {
		s := sections[i]
		switch {
		case steps > 0 && len(s.Parties) > 0:
			n := min(steps, len(s.Parties))
			steps, parties = steps-n, parties+n
			if s.Parties = s.Parties[:len(s.Parties)-n]; len(s.Parties) == 0 {
				continue
			}
		case steps > 0 && s.Kind == notify.SecCase:
			steps, cases = steps-1, cases+1
			continue
		case steps > 0 && (s.Kind == notify.SecNews || s.Kind == notify.SecHuman && i > firstCase(sections)):
			steps--
			continue
		case steps > 0 && s.Kind == notify.SecContents:
			n := min(steps, len(s.Texts))
			steps -= n
			more := fmt.Sprintf("and %d more", n)
			s.Texts = append(s.Texts[:len(s.Texts)-n:len(s.Texts)-n], more)
			s.Contents = append(s.Contents[:len(s.Contents)-n:len(s.Contents)-n], notify.Contents{Text: more})
		}
		kept = append(kept, s)
	}
	slices.Reverse(kept)
	said.Sections = append([]notify.Section{left(parties, cases, file)}, kept...)
	return said
}

// firstCase is the index of the first Case's head; of everything where there is none.
func firstCase(sections []notify.Section) int {
	for i, s := range sections {
		if s.Kind == notify.SecCase {
			return i
		}
	}
	return len(sections)
}

func left(parties, cases int, file string) notify.Section {
	text := fmt.Sprintf("This mail is too long to be shown whole: %d parties", parties)
	if cases > 0 {
		text += fmt.Sprintf(" and %d Cases", cases)
	}
	return notify.Section{Kind: notify.SecFacts, Texts: []string{text + " stand only in the attached file " + file + ", with all the rest."}}
}
