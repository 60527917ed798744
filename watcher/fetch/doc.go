// Package fetch is conditional HTTP for the sources: validators, limits, retries, rate limits and the address guard. It saves nothing.
//
// A Client is shared by all sources. One look at one source is a Session: it sends the validators of the stored Cursor, records
// every exchange (failed ones too), and collects the next Cursor. The owner of the Session stores Exchanges and Next in the same
// transaction as the work they stand for, so that a run that fails never hides a change from the next one.
//
// What it promises about an answer that it returns without an error:
//   - status 200 with a whole body, decompressed and within the limit, or status 304 with NotModified set;
//   - where Expect was given, the content type and the shape of the body are what was expected: an HTML challenge page with status
//     200 is a *ShapeError;
//   - a body shorter than its Content-Length, a cut chunk or a cut gzip stream is an error, never a short body.
//
// Transient failures (5xx, 429, 408, cut bodies, connection errors) are tried again with backoff and jitter. Retry-After is honoured in
// both forms; where it asks for more than the configured maximum, the look fails at once with a *StatusError that carries the wait.
//
// Addresses: a URL whose origin is a configured base URL (Options.Trusted) is reached wherever it points, and through the
// environment's proxy. Every other URL, redirects included, is dialled without a proxy and refused (*GuardError) where it resolves to a
// loopback, private, link-local or otherwise non-public address.
//
// Secrets (user information, and query values such as token=) are masked in every error and in every URL that is recorded.
package fetch
