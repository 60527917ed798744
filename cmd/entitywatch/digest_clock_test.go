package main

import (
	"testing"
	"time"

	"entitywatch/config"
)

// A digest goes out once on every day, also where the clocks of the day show its time twice or not at all.
func TestDigestGoesOutOnceOnDaysOfTheClockChange(t *testing.T) {
	for _, c := range []struct {
		schedule string
		day      time.Time
	}{
		{"30 1 * * *", time.Date(2025, 11, 2, 0, 0, 0, 0, time.UTC)}, {"30 1 * * SUN", time.Date(2025, 11, 2, 0, 0, 0, 0, time.UTC)},
		{"30 2 * * *", time.Date(2025, 3, 9, 0, 0, 0, 0, time.UTC)}, {"0 8 * * *", time.Date(2025, 11, 2, 0, 0, 0, 0, time.UTC)},
	} {
		digests, err := digestsOf(&config.Config{Timezone: "America/New_York",
			Digests: []config.Digest{{Name: "nightly", Schedule: c.schedule, Channel: "mail"}}})
		if err != nil {
			t.Fatal(err)
		}
		d := digests[0]
		n := 0
		for at := d.Schedule.Next(c.day); at.In(d.Location).Day() == c.day.Day(); at = d.Schedule.Next(at) {
			n++
		}
		if n != 1 {
			t.Errorf("%q on %s: %d times", c.schedule, c.day.Format(time.DateOnly), n)
		}
	}
}
