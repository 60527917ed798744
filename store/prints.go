package store

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
)

// unread are stored entries that nobody has at hand: their texts are read, and those whose print is missing, or of another version of this
// program, get theirs.
type unread struct {
	table, key string // the column by which a row is known among those of where
	where      string
	args       []any
	rows       []unreadRow
}

type unreadRow struct {
	key   string
	print []byte
	into  *diff.Entry
}

// readTogether is how many texts are asked for at once: a statement costs as much as reading ten.
const readTogether = 100

func (tx *Tx) readEntries(u unread) error {
	var stale []unreadRow
	for rows := range slices.Chunk(u.rows, readTogether) {
		at, args := make(map[string]unreadRow, len(rows)), slices.Clone(u.args)
		for _, r := range rows {
			at[r.key], args = r, append(args, r.key)
		}
		err := tx.Query(func(scan func(...any) error) error {
			var key, text string
			if err := scan(&key, &text); err != nil {
				return err
			}
			r := at[key]
			if err := parse(text, r.into); err != nil {
				return err
			}
			if p := printOf(r.into); !bytes.Equal(p, r.print) {
				r.print = p
				stale = append(stale, r)
			}
			return nil
		}, `SELECT `+u.key+`, entry FROM `+u.table+` WHERE `+u.where+u.key+` IN (`+places(len(u.args)+1, len(rows))+`)`, args...)
		if err != nil {
			return err
		}
	}
	set := `UPDATE ` + u.table + ` SET print = ` + places(len(u.args)+2, 1) + ` WHERE ` + u.where + u.key + ` = ` + places(len(u.args)+1, 1)
	return tx.execAll(set, len(stale), func(i int) ([]any, error) {
		return append(slices.Clone(u.args), stale[i].key, stale[i].print), nil
	})
}

// places are n placeholders of a statement, the first of which is numbered from.
func places(from, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(out, ", ")
}

func printOf(e *diff.Entry) []byte {
	p := e.Print()
	return p[:]
}
