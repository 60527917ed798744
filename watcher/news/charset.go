package news

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

var (
	declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)
	declared    = regexp.MustCompile(`(?i)encoding\s*=\s*["']([\w.:-]+)["']`)
	language    = regexp.MustCompile(`(?i)<(?:dc:)?language>\s*([a-z]{2})|xml:lang\s*=\s*["']([a-z]{2})`)
)

// guesses are the encodings that feeds in a language use when they do not say so.
var guesses = map[string]string{
	"ru": "windows-1251", "uk": "windows-1251", "bg": "windows-1251", "sr": "windows-1251", "be": "windows-1251",
	"zh": "gb18030", "ja": "shift_jis", "ko": "euc-kr", "tr": "windows-1254", "el": "windows-1253", "ar": "windows-1256",
	"fa": "windows-1256", "he": "windows-1255", "pl": "windows-1250", "cs": "windows-1250", "hu": "windows-1250",
}

// toUTF8 makes a feed UTF-8 and says so in its declaration. What the bytes are outweighs what is declared: text that is valid UTF-8
// is UTF-8. Then the declaration counts, then the content type, then the language of the feed, then Windows-1252.
func toUTF8(body []byte, contentType string) []byte {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		body = body[3:]
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return undeclare(utf16ToUTF8(body[2:], binary.LittleEndian))
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return undeclare(utf16ToUTF8(body[2:], binary.BigEndian))
	case bytes.HasPrefix(body, []byte("<\x00")):
		return undeclare(utf16ToUTF8(body, binary.LittleEndian))
	case bytes.HasPrefix(body, []byte("\x00<")):
		return undeclare(utf16ToUTF8(body, binary.BigEndian))
	}
	label := declaredIn(body)
	if utf8.Valid(body) && !sevenBit(label) {
		return undeclare(body)
	}
	for _, l := range []string{label, charsetOf(contentType), guesses[languageOf(body)], "windows-1252"} {
		if out, ok := decode(body, l); ok {
			return undeclare(out)
		}
	}
	return undeclare(bytes.ToValidUTF8(body, []byte("\uFFFD")))
}

// decode reads body in the named encoding. UTF-8 is taken for what is mostly UTF-8, its broken bytes replaced.
func decode(body []byte, label string) ([]byte, bool) {
	if label == "" {
		return nil, false
	}
	enc, name := charset.Lookup(label)
	if enc == nil {
		return nil, false
	}
	if name == "utf-8" {
		good, bad := multibyte(body)
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), good > bad
	}
	out, err := enc.NewDecoder().Bytes(body)
	return out, err == nil
}

// multibyte counts the valid sequences of several bytes, and the broken bytes.
func multibyte(body []byte) (good, bad int) {
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		i += max(n, 1)
	}
	return good, bad
}

func declaredIn(body []byte) string {
	if m := declared.FindSubmatch(declaration.Find(body[:min(len(body), 512)])); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

func charsetOf(contentType string) string {
	_, after, ok := strings.Cut(strings.ToLower(contentType), "charset=")
	if !ok {
		return ""
	}
	after, _, _ = strings.Cut(after, ";")
	return strings.Trim(after, ` "'`)
}

func languageOf(body []byte) string {
	m := language.FindSubmatch(body[:min(len(body), 8192)])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]) + string(m[2]))
}

// sevenBit encodings look like ASCII, and so like UTF-8.
func sevenBit(label string) bool {
	return strings.HasPrefix(label, "iso-2022-") || label == "hz-gb-2312"
}

func utf16ToUTF8(body []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// undeclare takes the declaration off: without one, XML is UTF-8.
func undeclare(body []byte) []byte {
	return declaration.ReplaceAll(body, nil)
}
