package email

import (
	_ "embed"
	"html/template"
	"regexp"
)

//go:embed mail.html
var mailHTML string

// pageHTML is parsed once; the golden tests execute it.
var pageHTML = template.Must(template.New("mail").Funcs(template.FuncMap{"unbroken": unbroken}).Parse(mailHTML))

// date is a date as messages write it.
var date = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// unbroken keeps each date of a text on one line: a phone breaks lines at hyphens.
func unbroken(text string) template.HTML {
	return template.HTML(date.ReplaceAllString(template.HTMLEscapeString(text),
		`<span style="white-space:nowrap">$0</span>`))
}
