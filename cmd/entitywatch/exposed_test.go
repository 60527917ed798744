package main

import (
	"testing"

	"entitywatch/config"
)

// Whoever can reach the listener, directly or through a proxy that adds no header, needs the token.
func TestListenerThatOthersReachIsExposed(t *testing.T) {
	for _, c := range []struct {
		listen, public string
		want           bool
	}{
		{"127.0.0.1:8080", "", false}, {"localhost:8080", "", false}, {"[::1]:8080", "", false}, {"127.0.0.1:8080", "https://watch.example.com", true},
		{":8080", "", true}, {"0.0.0.0:8080", "", true}, {"[::]:8080", "", true}, {"10.0.0.5:8080", "", true}, {"watch.example.com:8080", "", true},
	} {
		if got := exposed(&config.Config{Listen: c.listen, PublicURL: c.public}); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
