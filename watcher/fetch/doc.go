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
// Transient failures (5xx, 429, 408, cut bodies, connection errors) are tried again with backoff and jitter. Retry-After is honored in
// both forms; where it asks for more than the configured maximum, the look fails at once with a *StatusError that carries the wait.
//
// Addresses: the base URLs that a look names as its own, and what stands below their paths, are reached wherever they point, and through
// the environment's proxy. Every other URL, on the same origin too, redirects included, is dialed without a proxy and refused
// (*GuardError) where it resolves to a loopback, private, link-local or otherwise non-public address.
//
// Secrets (what Options.Scrub knows, user information, and query values such as token=) are masked in every error, in every URL and header
// that is recorded, and in bodies, before they become evidence: an upstream that echoes what it got cannot put them into the database.
// No Referer is sent, and no redirect takes credentials to another host.
package fetch
