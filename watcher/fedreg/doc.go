// Package fedreg makes the Federal Register two sources of acts: Register reads what is published, Inspection what is
// on public inspection, which is the earliest official text.
//
// A look finds documents by the agencies that the configuration names, whatever their titles say, and classify decides
// by the record alone what each is worth: its text is read (package rule), a person is told to read it, or it is
// nothing to us. The record and the text become one Act: the text is the law, and a record that says otherwise is
// noted. The numbers that the abstract states (package summary) stand in where the text states none.
//
// What both sources promise: an Act is given when its document is new or when its record or text has changed, and again
// and again while its text is in doubt. A text that cannot be read is tried again, and after an hour a person is asked
// to read it. Nothing is concluded from absence that several whole answers over hours do not bear out. An answer that
// is cut, doubled or miscounted is refused (*diff.Refused), and the cursor stays where it was.
package fedreg
