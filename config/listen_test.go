package config

import (
	"strings"
	"testing"
)

// A port that no machine has must be refused by check, not by the daemon's start.
func TestListenNeedsAPort(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:http"} {
		if _, err := Parse([]byte("listen: \""+address+"\"\n"), "x.yaml", Checks{}); err == nil || !strings.Contains(err.Error(), "is not a valid address") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
