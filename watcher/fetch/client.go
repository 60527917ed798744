// Package fetch is conditional HTTP for the sources: validators, limits, retries, rate limits and the address guard. It saves nothing.
package fetch

import "net/http"

// Client asks upstreams. It is safe for use by several sources at once.
type Client struct {
	http *http.Client
}
