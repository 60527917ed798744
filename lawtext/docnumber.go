package lawtext

import "strings"

// DocumentNumber is the pattern of a document's number in the Federal Register, for a regular expression: "2023-03929", "E6-10730",
// "05-7305", "94-2050F", and "C1-2013-16962" of a correction, "R1-…" of a reprint. A text may write it with any dash; see ASCIIDashes.
const DocumentNumber = `(?:[\p{L}]\d{1,2}[-‐‑‒–—])?[\p{L}]?\d{1,4}[-‐‑‒–—]\d+(?:\p{Lu}\b)?`

// ASCIIDashes writes every dash of a number or a date as "-".
func ASCIIDashes(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("‐‑‒–—", r) {
			return '-'
		}
		return r
	}, s)
}
