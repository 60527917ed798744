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

// Do implements the HTTP client that slack-go calls: the response to 429 names its wait in seconds, whatever Slack sent.
func (c client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.Client.Do(req)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		resp.Header.Set("Retry-After", strconv.Itoa(int(notify.RetryAfter(resp.Header, time.Now())/time.Second)))
	}
	return resp, err
}

// busy are Slack's errors after which the same call may succeed, although it certainly did nothing.
var busy = map[string]bool{"ratelimited": true, "rate_limited": true, "message_limit_exceeded": true,
	"service_unavailable": true, "team_added_to_org": true}

// doubtful are Slack's errors after which the call may nevertheless have taken effect.
var doubtful = map[string]bool{"fatal_error": true, "internal_error": true, "request_timeout": true}

// aboutMessage reports whether one of Slack's errors is about the message itself, so that only this message is refused.
// Everything else is about who we are and where we post. Source: the errors of chat.postMessage,
// files.completeUploadExternal and incoming webhooks.
func aboutMessage(word string) bool {
	switch word {
	case "invalid_auth", "invalid_token", "invalid_channel", "invalid_team", "invalid_user":
		return false
	case "no_text", "missing_text", "thread_not_found", "message_not_found", "cannot_reply_to_message",
		"metadata_must_be_sent_from_app",
		"metadata_too_large", "missing_post_type", "request_not_supported", "file_not_found", "malformed_attachment_file_id":
		return true
	}
	for _, prefix := range []string{"invalid_", "msg_", "too_many_", "too_long", "attachment_", "blocks_"} {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// remedy says what a person does about one of Slack's errors; where is the channel as configured.
func remedy(answer slack.SlackErrorResponse, where string) string {
	switch answer.Err {
	case "not_in_channel":
		return fmt.Sprintf("Write “/invite @EntityWatch” in %s (with the name of your Slack app).", where)
	case "channel_not_found":
		return fmt.Sprintf("Check the channel's name or give its id; a private one finds only whom it has invited: write “/invite @EntityWatch” in %s.", where)
	case "is_archived":
		return fmt.Sprintf("Unarchive %s, or configure another channel.", where)
	case "missing_scope", "no_permission", "not_allowed_token_type":
		if answer.Needed != "" {
			return fmt.Sprintf("Add the scope %s to the Slack app and install it again.", notify.Clean(answer.Needed))
		}
		return "Give the Slack app the scopes that docs/CONFIG.md names, install it again, and configure its bot token (xoxb-…)."
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired":
		return "Install the Slack app again and configure its new bot token (xoxb-…)."
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel":
		return fmt.Sprintf("Have a workspace admin allow the app to post in %s.", where)
	}
	return "Have a workspace admin look why Slack refuses the app."
}

// classify sorts an error of a call by the contract of notify.Channel. No text in it holds the token: slack-go sends it
// in headers and bodies only, and addresses are taken out.
func classify(what, where string, err error) error {
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
		return &notify.Misconfigured{Remedy: "Check what stands between this machine and Slack (a proxy, api_url).",
			Err: wrapped}
	case errors.As(err, &answer):
		return refusal(answer, where, wrapped)
	}
	return unanswered(wrapped)
}

func refusal(answer slack.SlackErrorResponse, where string, wrapped error) error {
	switch {
	case busy[answer.Err]:
		return &notify.Temporary{Err: wrapped}
	case doubtful[answer.Err]:
		return &notify.Unknown{Err: wrapped}
	}
	if len(answer.ResponseMetadata.Messages) > 0 {
		wrapped = fmt.Errorf("%w: %s", wrapped, notify.Clean(strings.Join(answer.ResponseMetadata.Messages, "; ")))
	}
	if aboutMessage(answer.Err) {
		return wrapped
	}
	return &notify.Misconfigured{Remedy: remedy(answer, where), Err: wrapped}
}

// unanswered sorts the error of a call that brought no answer: cut off, timed out, or one that makes no sense.
func unanswered(wrapped error) error {
	switch {
	case notify.Untrusted(wrapped):
		return &notify.Misconfigured{Remedy: "See that this machine trusts Slack's certificate; a proxy may have put in its own.", Err: wrapped}
	case notify.NotConnected(wrapped):
		return &notify.Temporary{Err: wrapped}
	}
	return &notify.Unknown{Err: wrapped}
}
