package fetch

import "testing"

func TestEndpoint(t *testing.T) {
	for _, tt := range []struct{ base, want string }{
		{"https://a.example", "https://a.example/x/content"},
		{"https://a.example/mirror/", "https://a.example/mirror/x/content"},
		{"https://a.example/x/content?token=1", "https://a.example/x/content?token=1"},
		{"https://a.example/list.xml", "https://a.example/list.xml"},
		{"https://a.example?token=1", "https://a.example/x/content?token=1"},
	} {
		if got := Endpoint(tt.base, "/x/content"); got != tt.want {
			t.Errorf("Endpoint(%s) = %s, want %s", tt.base, got, tt.want)
		}
	}
}
