package replay

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"entitywatch/diff"
)

// Scenario is a script of what the upstreams show over time.
type Scenario struct {
	Name      string                  `yaml:"-"` // the file's name without its ending
	Title     string                  `yaml:"title"`
	About     string                  `yaml:"about"`
	ListsFrom string                  `yaml:"lists_from"` // another file whose lists come before these
	Texts     map[string]string       `yaml:"texts"`      // long texts, anchored here and used by alias below
	Lists     map[diff.ListID][]Group `yaml:"lists"`      // what the lists hold before the first state
	Documents []*Document             `yaml:"documents"`
	States    []State                 `yaml:"states"`
}

// Group is the entries of one country heading.
type Group struct {
	Under   string  `yaml:"under"`
	Entries []Entry `yaml:"entries"`
}

// Entry is one row of a list, as its parts.
type Entry struct {
	Name        string   `yaml:"name"`
	Aliases     []string `yaml:"aliases"`
	Addresses   []string `yaml:"addresses"`
	See         string   `yaml:"see"`         // "See alternate address under Luxembourg", without the parentheses
	Requirement string   `yaml:"requirement"` // superscripts in <>: "734.9(g),<3>"
	Policy      string   `yaml:"policy"`
	Citation    string   `yaml:"citation"` // in a list; in a document it is its placeholder
	Cell        string   `yaml:"cell"`     // the eCFR cell word for word, for rows that are irregular

	Was          string `yaml:"was"`          // in a revision: the name until now, where it changes
	Continuation bool   `yaml:"continuation"` // in a document: the addresses stand in a row of their own
	PageBefore   int    `yaml:"page_before"`  // in a document: a page break stands inside the row
	QuoteInside  bool   `yaml:"quote_inside"` // in a document: the opening quote of the name stands inside the "and" before it
}

// Document is one Federal Register document.
type Document struct {
	Number           string      `yaml:"number"`
	InspectionNumber string      `yaml:"inspection_number"` // where inspection pads it differently
	Title            string      `yaml:"title"`
	Type             string      `yaml:"type"`   // Rule, Proposed Rule, Notice, Presidential Document
	Action           string      `yaml:"action"` // "Final rule."
	Abstract         string      `yaml:"abstract"`
	Agencies         []string    `yaml:"agencies"` // slugs, parent first
	CFR              []CFR       `yaml:"cfr"`
	Docket           string      `yaml:"docket"`
	RIN              string      `yaml:"rin"`
	Published        diff.Date   `yaml:"published"`
	Effective        diff.Date   `yaml:"effective"`
	Volume           int         `yaml:"volume"`
	StartPage        int         `yaml:"start_page"`
	EndPage          int         `yaml:"end_page"`
	AmendPage        int         `yaml:"amend_page"` // where the amendments stand: what citations of rows say
	FiledAt          time.Time   `yaml:"filed_at"`   // on public inspection
	Special          bool        `yaml:"special"`    // a special filing
	CorrectionOf     string      `yaml:"correction_of"`
	Corrections      []string    `yaml:"corrections"`
	Background       []string    `yaml:"background"` // paragraphs before the amendments
	SavingsClause    string      `yaml:"savings_clause"`
	Amend            []Amendment `yaml:"amend"`
	BlankHeader      bool        `yaml:"blank_header"` // the table's own headings are blank, the real ones a row of its body
	Signer           string      `yaml:"signer"`
	XML              string      `yaml:"xml"`  // the whole full text, word for word, instead of what is rendered
	Text             string      `yaml:"text"` // the whole raw text, word for word
}

// CFR is a part that a document amends.
type CFR struct {
	Title int `yaml:"title" json:"title"`
	Part  int `yaml:"part" json:"part"`
}

// Amendment is what a document does to one list under one country.
type Amendment struct {
	List      diff.ListID `yaml:"list"`
	Under     string      `yaml:"under"`
	Add       []Entry     `yaml:"add"`
	Many      *Many       `yaml:"many"` // further additions, by a pattern; written out into Add when the scenario is read
	Remove    []string    `yaml:"remove"`
	Revise    []Entry     `yaml:"revise"`
	Words     []string    `yaml:"words"`      // further instructions word for word, after "by"; they change nothing in the lists
	PageAfter int         `yaml:"page_after"` // a page break stands at the end of the instruction
}

// State is what happened since the state before.
type State struct {
	At   time.Time `yaml:"at"`
	What string    `yaml:"what"` // one line, for a person

	Inspect  []string `yaml:"inspect"`   // documents that appear on public inspection
	Refile   []Edit   `yaml:"refile"`    // documents whose typescript was replaced
	Revoke   []string `yaml:"revoke"`    // documents that stay on inspection without a publication date
	Withdraw []string `yaml:"withdraw"`  // documents that vanish from inspection before publication
	Publish  []string `yaml:"publish"`   // documents that appear in the Federal Register
	XMLLater []string `yaml:"xml_later"` // of those: the full-text XML is not loaded yet
	LoadXML  []string `yaml:"load_xml"`  // and now it is
	Edit     []Edit   `yaml:"edit"`      // published documents whose text was edited

	ECFR      *ECFR               `yaml:"ecfr"`
	News      []News              `yaml:"news"`
	Screening *Screening          `yaml:"screening"` // the Consolidated Screening List
	Files     map[string]string   `yaml:"files"`     // by path: other upstreams' files, word for word
	Bad       map[string]*Trouble `yaml:"trouble"`   // by source (see Endpoints), in this state only
}

// Edit replaces words in a document.
type Edit struct {
	Document string `yaml:"document"`
	Find     string `yaml:"find"`
	Replace  string `yaml:"replace"`
}

// ECFR is a new issue of part 744.
type ECFR struct {
	AsOf       diff.Date   `yaml:"as_of"`      // up_to_date_as_of
	Issued     diff.Date   `yaml:"issued"`     // latest_issue_date; as_of where it is left out
	Codify     []string    `yaml:"codify"`     // documents whose amendments it includes
	Drop       []Reference `yaml:"drop"`       // entries that it loses without any rule
	Restore    bool        `yaml:"restore"`    // brings back what was dropped
	Layout     int         `yaml:"layout"`     // which of the layouts rows are printed in; only punctuation, breaks and markup differ
	Reissued   bool        `yaml:"reissued"`   // Supplement No. 4 is issued again with the same text
	Processing bool        `yaml:"processing"` // the title is being processed: 503
}

// Reference names an entry.
type Reference struct {
	List  diff.ListID `yaml:"list"`
	Under string      `yaml:"under"`
	Name  string      `yaml:"name"`
}

// News is one item of a feed.
type News struct {
	Feed      string    `yaml:"feed"` // default "news"
	ID        string    `yaml:"id"`
	Title     string    `yaml:"title"`
	Link      string    `yaml:"link"` // a path is made absolute
	Summary   string    `yaml:"summary"`
	Published time.Time `yaml:"published"`
	Article   string    `yaml:"article"` // plain paragraphs of the page behind the link
}

// Load reads NAME.yaml from a directory of scenarios, strictly: an unknown key is an error.
func Load(fsys fs.FS, name string) (*Scenario, error) {
	b, err := fs.ReadFile(fsys, name+".yaml")
	if err != nil {
		return nil, fmt.Errorf("replay: no scenario %q; there are %s", name, strings.Join(Names(fsys), ", "))
	}
	s, err := Parse(name, b)
	if err != nil {
		return nil, err
	}
	if s.ListsFrom == "" {
		return s, nil
	}
	if b, err = fs.ReadFile(fsys, s.ListsFrom); err != nil {
		return nil, fmt.Errorf("replay: scenario %s: %w", name, err)
	}
	if s.Lists, err = mergeLists(b, s.Lists); err != nil {
		return nil, fmt.Errorf("replay: scenario %s: %s: %w", name, s.ListsFrom, err)
	}
	return s, nil
}

// mergeLists puts a scenario's own entries into the lists of another file.
func mergeLists(text []byte, own map[diff.ListID][]Group) (map[diff.ListID][]Group, error) {
	var base struct {
		Texts map[string]string       `yaml:"texts"`
		Lists map[diff.ListID][]Group `yaml:"lists"`
	}
	if err := yaml.Load(text, &base, yaml.WithKnownFields()); err != nil {
		return nil, err
	}
	for list, groups := range own {
		for _, g := range groups {
			for _, e := range g.Entries {
				base.Lists[list] = insert(base.Lists[list], g.Under, e)
			}
		}
	}
	return base.Lists, nil
}

// Parse reads a scenario's text.
func Parse(name string, text []byte) (*Scenario, error) {
	s := &Scenario{}
	if err := yaml.Load(text, s, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("replay: scenario %s: %w", name, err)
	}
	s.Name = name
	for i, st := range s.States {
		if st.ECFR != nil && st.ECFR.Issued == "" {
			s.States[i].ECFR.Issued = st.ECFR.AsOf
		}
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("replay: scenario %s: %w", name, err)
	}
	for _, d := range s.Documents {
		for i, a := range d.Amend {
			d.Amend[i].Add = slices.Concat(a.Add, a.Many.entries())
		}
	}
	return s, nil
}

// Names lists the scenarios of a directory, sorted.
func Names(fsys fs.FS) []string {
	files, _ := fs.Glob(fsys, "*.yaml")
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".yaml")
	}
	slices.Sort(files)
	return files
}

// check reports a scenario that cannot be played.
func (s *Scenario) check() error {
	if len(s.States) == 0 {
		return fmt.Errorf("it has no states")
	}
	if s.States[0].ECFR == nil {
		return fmt.Errorf("its first state has no ecfr issue")
	}
	for _, d := range s.Documents {
		for _, a := range d.Amend {
			if err := a.Many.check(); err != nil {
				return fmt.Errorf("document %s: %w", d.Number, err)
			}
		}
	}
	for i, st := range s.States {
		if i > 0 && !st.At.After(s.States[i-1].At) {
			return fmt.Errorf("state %d is not later than the one before", i)
		}
		for _, n := range st.documents() {
			if s.document(n) == nil {
				return fmt.Errorf("state %d speaks of document %q, which is not described", i, n)
			}
		}
		for source, t := range st.Bad {
			if err := t.check(); err != nil {
				return fmt.Errorf("state %d: trouble of %s: %w", i, source, err)
			}
		}
	}
	return nil
}

// documents are the numbers of all documents that a state speaks of.
func (st State) documents() []string {
	all := slices.Concat(st.Inspect, st.Revoke, st.Withdraw, st.Publish, st.XMLLater, st.LoadXML)
	for _, e := range slices.Concat(st.Refile, st.Edit) {
		all = append(all, e.Document)
	}
	if st.ECFR != nil {
		all = append(all, st.ECFR.Codify...)
	}
	return all
}

func (s *Scenario) document(number string) *Document {
	for _, d := range s.Documents {
		if d.Number == number {
			return d
		}
	}
	return nil
}
