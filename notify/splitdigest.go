package notify

// splitDigest divides a digest between its Cases, and a very large Case between its parties. The first part keeps what
// stands around them: what touches us, the contents, the news and what was checked; where everything fits, it is the
// only one.
func splitDigest(m Message, l Limits) []Message {
	total, items := headWeight(m, l)+reportWeight(m, l), 0
	for _, c := range m.Digest.Cases {
		total += caseWeight(c, l)
		items += len(c.Items) + 2
	}
	if l.fits(total, items) {
		m.Part, m.Parts = 1, 1
		return []Message{m}
	}
	parts := []Message{m.withoutCases()}
	for _, cases := range caseChunks(m.Digest.Cases, l) {
		part := m
		part.Digest = &Report{Name: m.Digest.Name, From: m.Digest.From, To: m.Digest.To, Cases: cases}
		parts = append(parts, part)
	}
	return numbered(parts)
}

// withoutCases is a digest that says what there is, and leaves the Cases to further parts.
func (m Message) withoutCases() Message {
	r := *m.Digest
	r.Further, r.Cases = r.Further+len(r.Cases), nil
	m.Digest = &r
	return m
}

// reportWeight is the size of a digest without its Cases.
func reportWeight(m Message, l Limits) int {
	return itemOverhead + sectionsWeight(Message{Digest: m.withoutCases().Digest, Short: m.Short}.digestSections(), l)
}

func caseWeight(c ReportCase, l Limits) int {
	n := caseHeadWeight(c, l)
	for _, it := range c.Items {
		n += itemWeight(it, c.Terms, l)
	}
	return n
}

func caseHeadWeight(c ReportCase, l Limits) int {
	c.Items = nil
	return frameOverhead + sectionsWeight(c.sections(), l)
}

// caseChunks puts Cases into parts in their order; the further pieces of a large Case carry its headline only.
func caseChunks(cases []ReportCase, l Limits) [][]ReportCase {
	var out [][]ReportCase
	var part []ReportCase
	size, items := frameOverhead, 0
	add := func(c ReportCase) {
		w := caseWeight(c, l)
		if len(part) > 0 && !l.fits(size+w, items+len(c.Items)+2) {
			out, part, size, items = append(out, part), nil, frameOverhead, 0
		}
		part = append(part, c)
		size, items = size+w, items+len(c.Items)+2
	}
	for _, c := range cases {
		if l.fits(frameOverhead+caseWeight(c, l), len(c.Items)+2) {
			add(c)
			continue
		}
		room := l
		if room.Size > 0 {
			room.Size = max(room.Size-caseHeadWeight(c, l)-frameOverhead, frameOverhead+1)
		}
		if room.Items > 0 {
			room.Items -= 2
		}
		for i, chunk := range chunks(c.Items, nil, room) {
			piece := c
			if i > 0 {
				piece = ReportCase{Number: c.Number, List: c.List}
				piece.Case, piece.Headline, piece.Terms, piece.Short, piece.Part = c.Case, c.Headline, c.Terms, c.Short, i+1
			}
			piece.Items = chunk
			add(piece)
		}
	}
	return append(out, part)
}
