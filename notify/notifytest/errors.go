package notifytest

import (
	"errors"

	"entitywatch/notify"
)

// KindOf names what a channel's error says by the contract of notify.Channel: sent, temporary, unknown, configuration,
// or permanent, that is, of this message alone.
func KindOf(err error) string {
	if err == nil {
		return "sent"
	}
	if _, ok := errors.AsType[*notify.Temporary](err); ok {
		return "temporary"
	}
	if _, ok := errors.AsType[*notify.Unknown](err); ok {
		return "unknown"
	}
	if _, ok := errors.AsType[*notify.Misconfigured](err); ok {
		return "configuration"
	}
	return "permanent"
}
