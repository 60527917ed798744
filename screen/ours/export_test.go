package ours

// NewCounterparties keeps counterparties of a test.
func NewCounterparties(list []Counterparty) *Counterparties {
	b := cpBuilder{c: &Counterparties{}}
	for i := range list {
		b.add(&list[i])
	}
	b.flush()
	return b.c
}
