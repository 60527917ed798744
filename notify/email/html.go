package email

import (
	_ "embed"
	"html/template"
)

//go:embed mail.html
var mailHTML string

// pageHTML is parsed once; the golden tests execute it.
var pageHTML = template.Must(template.New("mail").Parse(mailHTML))
