package slack

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// client sends requests and makes the two forms of Retry-After, and its absence, what slack-go understands: seconds.
type client struct{ *http.Client }

func (c client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.Client.Do(req)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		resp.Header.Set("Retry-After", strconv.Itoa(int(notify.RetryAfter(resp.Header, time.Now())/time.Second)))
	}
	return resp, err
}

// busy are Slack's errors after which the same call may succeed, although it certainly did nothing.
var busy = map[string]bool{"ratelimited": true, "rate_limited": true, "message_limit_exceeded": true, "service_unavailable": true, "team_added_to_org": true}

// doubtful are Slack's errors after which the call may nevertheless have taken effect.
var doubtful = map[string]bool{"fatal_error": true, "internal_error": true, "request_timeout": true}

// classify sorts an error of a call by the contract of notify.Channel. No text in it holds the token: slack-go sends it in headers and
// bodies only, and addresses are taken out.
func classify(what string, err error) error {
	wrapped := fmt.Errorf("slack: %s: %w", what, notify.WithoutURL(err))
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var answer slack.SlackErrorResponse
	switch {
	case errors.As(err, &limited):
		return &notify.Temporary{After: limited.RetryAfter, Err: wrapped}
	case errors.As(err, &status):
		if status.Code >= 500 || status.Code == http.StatusRequestTimeout {
			return &notify.Unknown{Err: wrapped}
		}
		return wrapped
	case errors.As(err, &answer):
		switch {
		case busy[answer.Err]:
			return &notify.Temporary{Err: wrapped}
		case doubtful[answer.Err]:
			return &notify.Unknown{Err: wrapped}
		case len(answer.ResponseMetadata.Messages) > 0:
			return fmt.Errorf("%w: %s", wrapped, notify.Clean(strings.Join(answer.ResponseMetadata.Messages, "; ")))
		case answer.Needed != "":
			return fmt.Errorf("%w: the app needs the scope %s", wrapped, notify.Clean(answer.Needed))
		}
		return wrapped
	case notify.NotConnected(err):
		return &notify.Temporary{Err: wrapped}
	}
	return &notify.Unknown{Err: wrapped} // cut off, timed out, or an answer that makes no sense
}
