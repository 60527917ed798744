// Package records takes the files of list sources apart, one record at a time: rows of CSV, elements of a JSON array,
// elements of XML.
//
// It promises what every list parser needs and none should write twice:
//   - An empty file, a page of HTML or compressed bytes are refused (*diff.Refused) before anything is read of them.
//   - A file that ends inside a record, or before its document does, is known to be cut.
//   - A record that cannot be read is counted and reported with its place, and reading goes on behind it. More than MaxUnread of
//     such records refuse the file: then it is not what we think it is.
//   - A file that would become more than a list ever was (MaxRecords records, millions of values, a record of megabytes) is refused.
//   - Memory holds one record, whatever the size of the file.
//   - What a parser did not look at in a record can be listed (Node.Rest), so that a field that a source adds is noticed.
package records
