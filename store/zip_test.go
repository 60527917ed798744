package store

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
)

// TestPackingLetsGoOfALargeBody guards that what packs evidence, and lives as long as the daemon, does not keep what a whole list took.
func TestPackingLetsGoOfALargeBody(t *testing.T) {
	inUse := func() int64 {
		runtime.GC()
		runtime.GC() // what the first one only put aside
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	var body bytes.Buffer
	for i := range 400_000 {
		fmt.Fprintf(&body, "record %d of a long list\n", i*i)
	}
	before := inUse()
	zip, err := newZip()
	if err != nil {
		t.Fatal(err)
	}
	packed := zip.EncodeAll(body.Bytes(), nil)
	back, err := unzip(packed, body.Len())
	if err != nil || !bytes.Equal(back, body.Bytes()) {
		t.Fatalf("%d bytes came back as %d: %v", body.Len(), len(back), err)
	}
	packed, back = nil, nil //nolint:ineffassign // so that they are not counted among what is kept
	if kept := inUse() - before; kept > 4<<20 {
		t.Errorf("after a body of %d bytes %d are kept", body.Len(), kept)
	}
	runtime.KeepAlive(zip)
	runtime.KeepAlive(body)
}
