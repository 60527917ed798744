package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// HashID makes an id out of the parts that define a thing: the same parts give the same id in every process. The result is
// prefix + "_" + 20 hex digits.
func HashID(prefix string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return prefix + "_" + hex.EncodeToString(sum[:10])
}

// ActCaseID is the case of an act; document numbers are folded first, so padding and dashes do not matter.
func ActCaseID(documentNumber string) string {
	return HashID("case", "act", FoldDocumentNumber(documentNumber))
}

// SourceCaseID is the case of what one version of one source shows without an act.
func SourceCaseID(source, version string) string {
	return HashID("case", "source", source, version)
}

// FoldDocumentNumber makes document numbers comparable: dashes of any kind are one, zero padding after the dash goes
// (2012-07333 and 2012‑7333 are one document).
func FoldDocumentNumber(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '‐', '‑', '‒', '–', '—', '−':
			return '-'
		case ' ', '\t', '\n':
			return -1
		}
		return r
	}, strings.ToUpper(s))
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		return s[:i+1] + strings.TrimLeft(s[i+1:], "0")
	}
	return s
}
