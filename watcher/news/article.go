package news

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"entitywatch/watcher/fetch"
)

// The most that is fetched of an article and of a robots.txt, in bytes.
const (
	maxArticle = 4 << 20
	maxRobots  = 512 << 10
)

// errDisallowed is the error of an article that robots.txt asks not to fetch.
var errDisallowed = errors.New("robots.txt does not allow it")

// robots is what one host's robots.txt says, or that it could not be asked.
type robots struct {
	group *robotstxt.Group
	err   error
}

// articleReader fetches articles through a session, whose address guard applies, asking each host's robots.txt once.
type articleReader struct {
	session *fetch.Session
	agent   string
	robots  map[string]robots
}

// read is an article's text.
func (a articleReader) read(ctx context.Context, link string) (string, error) {
	u, err := url.Parse(link)
	if err != nil {
		return "", errors.New("unreadable link")
	}
	if err := a.allowed(ctx, u); err != nil {
		return "", err
	}
	r, err := a.session.Get(ctx, link, fetch.Expect("html"), fetch.Fresh(), fetch.Once(), fetch.MaxBody(maxArticle), fetch.Timeout(30*time.Second))
	if err != nil {
		return "", err
	}
	return ArticleText(r.Body, r.Header.Get("Content-Type"))
}

// allowed asks robots.txt. A host without one allows all; one that cannot be asked allows nothing now. On a private network robots.txt
// stands where the source must not reach: what stands below the source's own base there, its config allows.
func (a articleReader) allowed(ctx context.Context, u *url.URL) error {
	origin := u.Scheme + "://" + u.Host
	rules, known := a.robots[origin]
	if !known {
		rules = a.ask(ctx, origin)
		a.robots[origin] = rules
	}
	var inward *fetch.GuardError
	if errors.As(rules.err, &inward) && a.session.Own(u.String()) {
		return nil
	}
	if rules.err != nil {
		return rules.err
	}
	if !rules.group.Test(u.EscapedPath()) {
		return errDisallowed
	}
	return nil
}

func (a articleReader) ask(ctx context.Context, origin string) robots {
	r, err := a.session.Get(ctx, origin+"/robots.txt", fetch.Fresh(), fetch.Once(), fetch.MaxBody(maxRobots), fetch.Timeout(15*time.Second))
	status, body := 200, []byte(nil)
	var refused *fetch.StatusError
	switch {
	case errors.As(err, &refused):
		status = refused.Status
	case err != nil:
		return robots{err: fmt.Errorf("robots.txt cannot be read: %w", err)}
	default:
		body = r.Body
	}
	data, err := robotstxt.FromStatusAndBytes(status, body)
	if err != nil {
		return robots{err: fmt.Errorf("robots.txt cannot be read: %w", err)}
	}
	return robots{group: data.FindGroup(a.agent)}
}

// ArticleText reduces a page to the running text of its article: what stands in its article or main element, else in its body,
// without navigation, forms and scripts. Paragraphs are parted by line breaks.
func ArticleText(body []byte, contentType string) (string, error) {
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return "", fmt.Errorf("news: article: %w", err)
	}
	doc, err := html.Parse(r)
	if err != nil {
		return "", fmt.Errorf("news: article: %w", err)
	}
	root := find(doc, atom.Article)
	if root == nil || len(collect(root)) < 200 {
		root = find(doc, atom.Main)
	}
	if root == nil || len(collect(root)) < 200 {
		root = find(doc, atom.Body)
	}
	if root == nil {
		root = doc
	}
	return clip(collect(root), maxText), nil
}

func find(n *html.Node, a atom.Atom) *html.Node {
	if n.Type == html.ElementNode && n.DataAtom == a {
		return n
	}
	for c := range n.ChildNodes() {
		if m := find(c, a); m != nil {
			return m
		}
	}
	return nil
}

// aside reports the elements of a page that are no part of its text.
func aside(a atom.Atom) bool {
	switch a {
	case atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Figure, atom.Head, atom.Select, atom.Dialog:
		return true
	}
	return mute(a)
}

// collect is the text below a node, one line a paragraph.
func collect(root *html.Node) string {
	var b, line bytes.Buffer
	flush := func() {
		if s := squeeze(line.String()); s != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(s)
		}
		line.Reset()
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Type == html.TextNode {
			line.WriteString(n.Data)
			return
		}
		if depth > 500 || n.Type == html.ElementNode && aside(n.DataAtom) && n != root {
			return
		}
		part := n.Type == html.ElementNode && !inline[n.Data]
		if part {
			flush()
		}
		for c := range n.ChildNodes() {
			walk(c, depth+1)
		}
		if part {
			flush()
		}
	}
	walk(root, 0)
	flush()
	return b.String()
}
