// Package slack carries messages to Slack, by bot token or by incoming webhook.
//
// With a token, a Case is a thread: its alert is the head, everything later a reply; a new stage also rewrites the head
// (chat.update). A retraction, a reminder and further parties have besides one line in the channel that leads into the
// thread. Every message carries the delivery's id as metadata, and after a doubtful send the channel's history is read
// before anything is sent again, so that each message arrives exactly once. The full list of a very large act is
// uploaded as CSV. Scopes: see docs/slack-app-manifest.yaml.
//
// An incoming webhook knows no threads, no history and no files: parts follow each other, and a doubtful send is
// repeated, so that each message arrives at least once.
//
// Limits kept: 50 blocks a message, 3,000 characters a section, 150 a header, about 13,200 in all. Names are never cut,
// and never markup: & < > are escaped, * _ ~ ` and :emoji: are kept from formatting by zero-width spaces, texts are
// verbatim, so that nothing in them becomes a link or a mention.
package slack
