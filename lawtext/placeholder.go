package lawtext

import (
	"regexp"
	"strconv"

	"entitywatch/diff"
)

// placeholder finds a citation whose page the printer has still to set.
var placeholder = regexp.MustCompile(`(?i)(\d{1,3})\s*F\.?R\.?\s*\[\s*INSERT[^\]]*\](?:[\s,.]*\[\s*INSERT[^\]]*\])?` +
	`(?:[\s,]*\d{1,2}/\d{1,2}/\d{2,4})?`)

// ReadPlaceholder reads the first citation of a text whose page the printer has still to set: "88 FR [INSERT FR PAGE NUMBER AND
// 2/27/2023].", "88 FR [INSERT FIRST PAGE OF PUBLICATION], 2/27/2023". The day is "" where it is not set either. ok is false where
// there is none.
func ReadPlaceholder(text string) (volume int, published diff.Date, ok bool) {
	m := placeholder.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	volume, _ = strconv.Atoi(m[1])
	return volume, FirstDate(m[0]), true
}

// IsPlaceholder reports whether a citation is one that stands for the act itself.
func IsPlaceholder(c diff.Citation) bool { return placeholder.MatchString(c.Raw) }
