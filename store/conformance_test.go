package store_test

import (
	"testing"

	"entitywatch/store/storetest"
)

func TestNoticingHalfConforms(t *testing.T) {
	storetest.RunNoticing(t, func(t *testing.T) storetest.Noticing { return open(t) })
}

func TestTellingHalfConforms(t *testing.T) {
	storetest.RunTelling(t, func(t *testing.T) storetest.Telling { return open(t) })
}
