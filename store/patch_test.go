package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// listing is a list as a source serves it: records that differ in a few words.
func listing(n int) [][]byte {
	random := rand.New(rand.NewPCG(3, 4))
	out := make([][]byte, n)
	for i := range out {
		out[i] = fmt.Appendf(nil, `{"source":"Entity List (EL) - Bureau","name":"Party %d of %d","country":"CN","street":"%x"},`, i, random.IntN(1000), random.Uint64())
	}
	return out
}

func TestPatchGivesTheBodyAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	base := bytes.Join(listing(3000), nil)
	for range 200 {
		records := listing(3000)
		for range random.IntN(20) {
			i := random.IntN(len(records))
			switch random.IntN(3) {
			case 0:
				records = append(records[:i], records[i+1:]...)
			case 1:
				records[i] = []byte("another record")
			default:
				j := random.IntN(len(records))
				records[i], records[j] = records[j], records[i]
			}
		}
		body := bytes.Join(records, nil)
		if random.IntN(10) == 0 {
			body = body[:random.IntN(100)]
		}
		patch := makePatch(base, body)
		got, err := unpatch(base, patch, len(body))
		if err != nil || !bytes.Equal(got, body) || len(patch) > 100+len(body)/20 {
			t.Fatalf("%d of %d bytes by a patch of %d, %v", len(got), len(body), len(patch), err)
		}
		if _, err := unpatch(base[:len(base)/2], patch, len(body)); err == nil && len(body) > 100 {
			t.Fatal("a patch of another body is believed")
		}
	}
}

// answer stores a look with one answer.
func answer(t *testing.T, db *DB, n int, body []byte) string {
	t.Helper()
	sum := sha256.Sum256(body)
	at := time.Date(2026, 3, n+1, 0, 0, 0, 0, time.UTC)
	x := fetch.Exchange{Response: fetch.Response{URL: "https://list.example/", Status: 200, Body: body, SHA256: hex.EncodeToString(sum[:]), At: at}}
	err := db.Maintain(context.Background(), func(tx watcher.Tx) error {
		return tx.RecordPoll(watcher.Poll{ID: fmt.Sprint("poll", n), Source: "csl", At: at, Outcome: "ok", Exchanges: []fetch.Exchange{x}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return x.SHA256
}

func TestEachVersionOfAListIsStoredAsWhatDiffers(t *testing.T) {
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "ew.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var bodies [][]byte
	var sums []string
	records := listing(5000)
	for n := range 12 {
		records[n*17] = fmt.Appendf(nil, `{"name":"Newcomer %d"},`, n)
		if n == 10 { // everything is new: stored whole, and the base of what comes then
			for i := range records {
				records[i] = bytes.ToUpper(fmt.Appendf(nil, "%x", sha256.Sum256(records[i])))
			}
		}
		body := bytes.Join(records, nil)
		bodies, sums = append(bodies, body), append(sums, answer(t, db, n, body))
	}
	whole := map[int]int{}
	for n, sum := range sums {
		body, found, err := db.Blob(context.Background(), sum)
		if err != nil || !found || !bytes.Equal(body, bodies[n]) {
			t.Fatalf("version %d: %d of %d bytes, %v", n, len(body), len(bodies[n]), err)
		}
		var base string
		var size int
		if err := db.Read(context.Background(), func(tx *Tx) error {
			_, err := tx.Get([]any{&base, &size}, `SELECT base, length(zstd) FROM blobs WHERE sha256 = $1`, sum)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if base == "" {
			whole[n] = size
		} else if size > 2000 || base != sums[0] && base != sums[10] {
			t.Errorf("version %d is stored as %d bytes on %.8s", n, size, base)
		}
	}
	if len(whole) != 2 || whole[0] == 0 || whole[10] == 0 {
		t.Errorf("stored whole: %v", whole)
	}
	err = db.Write(context.Background(), func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE blobs SET zstd = (SELECT zstd FROM blobs WHERE sha256 = $1) WHERE sha256 = $2`, sums[4], sums[3])
		return err
	})
	if _, _, bad := db.Blob(context.Background(), sums[3]); err != nil || bad == nil {
		t.Errorf("another version's patch is believed: %v, %v", err, bad)
	}
}
