package rule

import (
	"strconv"
	"strings"
)

// maskQuotes replaces what is quoted by marks, so that names are not read as words of the instruction. Quotes may nest:
// “OOO “Quorvan””.
func maskQuotes(s string) (string, []string) {
	if masked, quoted, ok := maskNested(s); ok {
		s, more := maskPlain(masked, quoted)
		return s, more
	}
	return maskPlain(s, nil)
}

// maskNested masks curly quotes where each opening one has its closing one.
func maskNested(s string) (string, []string, bool) {
	var b strings.Builder
	var quoted []string
	depth, from := 0, 0
	for i, r := range s {
		switch {
		case r == '“':
			if depth == 0 {
				from = i + len("“")
			}
			depth++
		case r == '”':
			if depth--; depth < 0 {
				return "", nil, false
			}
			if depth == 0 {
				b.WriteString("\x01" + strconv.Itoa(len(quoted)) + "\x02")
				quoted = append(quoted, cleanName(s[from:i]))
			}
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String(), quoted, depth == 0
}

func maskPlain(s string, quoted []string) (string, []string) {
	masked := quoteRule.ReplaceAllStringFunc(s, func(q string) string {
		q = strings.TrimSuffix(strings.TrimPrefix(q, "``"), "''")
		quoted = append(quoted, cleanName(strings.Trim(q, "“”\"")))
		return "\x01" + strconv.Itoa(len(quoted)-1) + "\x02"
	})
	return masked, quoted
}

// cleanName trims the punctuation that a quoted name may end in.
func cleanName(s string) string {
	s = strings.TrimSpace(s)
	return strings.TrimSpace(strings.TrimRight(s, ",; "))
}

func unmask(s string, quoted []string) string {
	return quoteMark.ReplaceAllStringFunc(s, func(mark string) string {
		i, err := strconv.Atoi(mark[1 : len(mark)-1])
		if err != nil || i >= len(quoted) {
			return mark
		}
		return "“" + quoted[i] + "”"
	})
}
