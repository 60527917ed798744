package web

import (
	"net/http"
	"time"

	"entitywatch/notify"
)

// Case is what the page of a Case shows.
type Case struct {
	ID, Status         string
	notify.Composition // the Case as it stands
	Told               []Told
	AckedBy            string
	AckedAt            time.Time
	AskedBy            time.Time // by when somebody should take note; zero where nobody was asked
	Location           *time.Location
}

// Told is one delivery about the Case.
type Told struct {
	At                  time.Time // when it was sent; zero where it was not
	Kind, Channel, Whom string
	State               string
	Rules               []string
}

// casePage shows a Case; it changes nothing.
func (s *server) casePage(w http.ResponseWriter, r *http.Request) {
	c, found, err := s.Case(r.Context(), r.PathValue("id"))
	switch {
	case err != nil:
		s.fail(w, r, "case page", err)
	case !found:
		s.say(w, http.StatusNotFound, "There is no such Case", "Copy the whole address from the alert. Where the alert came from another "+
			"installation, or the database was replaced, the Case is not here.")
	default:
		s.page(w, http.StatusOK, "case", c)
	}
}

// Moment writes an instant in the zone of the page.
func (c Case) Moment(t time.Time) string { return notify.Moment(t, c.Location) }
