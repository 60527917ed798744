package news

import (
	"bytes"
	"fmt"
)

// What a feed may be. The parser holds the whole of it, some hundred bytes for each element and a thousand for each item, and goes down
// into elements by calling itself: beyond a depth of millions the process would end.
const (
	maxFeed    = 16 << 20 // bytes; the largest known has 3 MB
	maxTags    = 400_000
	maxDepth   = 1_000    // of elements that are open at once; careless feeds leave some open
	maxTag     = 64 << 10 // bytes
	maxObjects = 100_000  // of a feed in JSON
)

// tooMuch says why a body is more than a feed is; "" where it is not.
func tooMuch(body []byte) string {
	if body[0] == '{' {
		if n := bytes.Count(body, []byte("{")); n > maxObjects {
			return fmt.Sprintf("it has more than %d objects", maxObjects)
		}
		return ""
	}
	if bytes.Count(body, []byte("<item"))+bytes.Count(body, []byte("<entry")) > 2*maxItems {
		return fmt.Sprintf("it has more than %d items", 2*maxItems)
	}
	depth, tags := 0, 0
	for at := bytes.IndexByte(body, '<'); at >= 0 && at+1 < len(body); {
		body = body[at:]
		if tags++; tags > maxTags {
			return fmt.Sprintf("it has more than %d tags", maxTags)
		}
		n := tagEnd(body) + 1
		if n == 0 { // it has no end
			n = len(body)
		}
		switch {
		case n > maxTag && body[1] != '!':
			return fmt.Sprintf("one tag is larger than %d kB", maxTag>>10)
		case body[1] == '/':
			depth = max(0, depth-1)
		case body[1] != '!' && body[1] != '?' && body[max(0, n-2)] != '/':
			if depth++; depth > maxDepth {
				return fmt.Sprintf("more than %d elements are open at once", maxDepth)
			}
		}
		body = body[n:]
		at = bytes.IndexByte(body, '<')
	}
	return ""
}
