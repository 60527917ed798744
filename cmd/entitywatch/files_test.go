package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"entitywatch/diff"
)

func TestAFileGivenToACommandIsBoundedUnpacked(t *testing.T) {
	a := &app{stdin: strings.NewReader("list")}
	f, err := a.open("-", false)
	if err != nil || f.left != maxFile {
		t.Fatalf("%v, %+v", err, f)
	}
	f.left = 3
	var refused *diff.Refused
	if _, err := io.ReadAll(f); !errors.As(err, &refused) || !strings.Contains(refused.Reason, "512 MB") {
		t.Errorf("got %v", err)
	}
}
