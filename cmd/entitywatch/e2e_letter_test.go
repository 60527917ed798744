package main

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
)

// opened is a mail as a mail program shows it.
type opened struct {
	header     mail.Header
	subject    string
	text, html string
	kinds      []string // of the parts, in their order
}

// readLetter takes a mail apart by the standard library's own reading of MIME.
func readLetter(t *testing.T, raw string) opened {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	o := opened{header: msg.Header}
	if o.subject, err = (&mime.WordDecoder{}).DecodeHeader(msg.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	for parts := multipart.NewReader(msg.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return o
		}
		if err != nil {
			t.Fatal(err)
		}
		o.add(t, p)
	}
}

func (o *opened) add(t *testing.T, p *multipart.Part) {
	t.Helper()
	var r io.Reader = p
	switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		r = quotedprintable.NewReader(p)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, p)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
	if err != nil || !strings.EqualFold(params["charset"], "utf-8") {
		t.Errorf("part %q, charset %q, %v", kind, params["charset"], err)
	}
	o.kinds = append(o.kinds, kind)
	if kind == "text/html" {
		o.html = html.UnescapeString(string(body))
	} else {
		o.text = string(body)
	}
}

// unwrapped is a text without its line breaks and indents.
func unwrapped(s string) string { return strings.Join(strings.Fields(s), " ") }

// slackMark reads our marks in a Slack message's metadata.
func slackMark(t *testing.T, metadata []byte) (delivery, inCase string) {
	t.Helper()
	var m struct {
		Payload struct{ Delivery, Case string } `json:"event_payload"`
	}
	if err := json.Unmarshal(metadata, &m); err != nil {
		t.Fatal(err)
	}
	return m.Payload.Delivery, m.Payload.Case
}
