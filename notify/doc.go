// Package notify is the telling half: what was noticed becomes messages, and messages become proofs of delivery.
//
// The flow, every arrow a value that can be looked at:
//
//	Pending (changes, stage events, retractions, notices, news: not yet routed)
//	   │  Rule.Match says for each rule why it matched or not
//	   ▼
//	Router: one Message per Case, channel and recipient, split into parts that the channel can carry
//	   │  one transaction: deliveries written, rows marked as routed
//	   ▼
//	Dispatcher: lease, send, record the proof; retry with backoff; dead letter after a time
//	   │
//	   ▼
//	Channel.Send(ctx, Message) (Receipt, error)
//
// What a message says is decided once: Message.Compose gives its title, its frame and its sections, in order, each fact
// with its label and its kind, all of it inert. Text, Slack, mail, Teams and the page of a Case only style that, and
// parts are cut by its weight, so that a new fact is written in one place (the facts of caseSections or digestSections)
// and stands in every channel. A digest shows each Case as it stands at its cut-off; Refreshed is the head of a thread
// as it reads after what was told below it.
//
// What it promises. Every rule that matches sends, and the highest severity wins. A Case is told once to each recipient
// of a channel; a new stage, a late change or a second reading is an update in the same thread, a retraction is a new
// message to everyone who got the alert. A delivery has a natural key (channel, recipient, kind, case, stage, revision,
// part), so routing twice sends once. Within a Case the order is kept for each recipient. A muted delivery is late,
// never lost. One channel's failure delays no other.
//
// What it refuses. It never cuts a name, never renders text from outside as markup (Compose, and each channel's own
// escaping), and never puts a secret in an error: channels classify an error and strip addresses and tokens before it
// is wrapped.
//
// The package knows no database and no config: it declares what it needs of a store (Routing, Outbox) and takes plain
// values. Everything up to the dispatcher is a pure function of its arguments.
package notify
