package notifytest

import (
	"strings"

	"golang.org/x/net/html"
)

// HTML reads what a person sees of a page or mail: neither its head nor what is not displayed.
func HTML(page string) (r Reading) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil { // only of a reader that fails
		return Reading{}
	}
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Data == "head" || n.Data == "style" || strings.Contains(attribute(n, "style"), "display:none"):
			return
		case n.Data == "a":
			r.Links = append(r.Links, attribute(n, "href"))
		case n.Type == html.ElementNode && n.Data != "span":
			text.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	r.Text = text.String()
	return r
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
