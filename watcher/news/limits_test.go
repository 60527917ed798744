package news

import (
	"errors"
	"strings"
	"testing"

	"entitywatch/diff"
)

// A feed of a few megabytes that becomes gigabytes in the parser, or ends the process where the parser goes down into it by calling itself,
// is refused before it is parsed.
func TestAFeedThatBecomesTooMuchIsRefused(t *testing.T) {
	const rss = `<rss version="2.0" xmlns:x="u"><channel>`
	for why, body := range map[string]string{
		"1000 elements are open": rss + strings.Repeat("<x:a>", 2_000_000),
		"400000 tags":            rss + strings.Repeat("<x:a/>", 500_000) + "</channel></rss>",
		"40000 items":            rss + strings.Repeat("<item/>", 2*maxItems+1) + "</channel></rss>",
		"one tag is larger":      `<rss version="2.0" ` + strings.Repeat(`a="" `, 100_000) + "><channel></channel></rss>",
		"100000 objects":         `{"version":"https://jsonfeed.org/version/1","items":[{}` + strings.Repeat(",{}", maxObjects) + "]}",
		"more than 16 MB":        rss + strings.Repeat(" ", maxFeed),
	} {
		_, _, err := Parse(strings.NewReader(body), Feed{Name: "f"}, diff.ReadOptions{})
		var refused *diff.Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, why) {
			t.Errorf("%v; want a refusal with %q", err, why)
		}
	}
	open := strings.Repeat("<p>", 600) // left open by a careless publisher, in each of three items
	body := rss + strings.Repeat("<item><guid>g</guid><title>T</title><description><![CDATA["+open+"]]></description></item>", 3) + "</channel></rss>"
	if _, _, err := Parse(strings.NewReader(body), Feed{Name: "f"}, diff.ReadOptions{}); err != nil {
		t.Error(err)
	}
}
