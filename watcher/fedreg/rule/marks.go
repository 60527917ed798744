package rule

import (
	"strconv"
	"strings"
)

// mark takes the paragraph mark off an instruction and says how deep it is nested.
func (in *instructions) mark(text string) (body, mark string, level int) {
	m := markRule.FindStringSubmatchIndex(text)
	if m == nil {
		return text, "", -1
	}
	body = text[m[1]:]
	switch {
	case m[2] >= 0:
		mark, level = text[m[2]:m[3]], 0
		if strings.HasPrefix(strings.TrimSpace(text), "(") {
			level = 3
		}
	case m[4] >= 0:
		mark, level = text[m[4]:m[5]], in.letterLevel(text[m[4]:m[5]])
		if level < 0 {
			return text, "", -1
		}
	default:
		mark, level = text[m[6]:m[7]], 3
	}
	return body, mark, level
}

// letterLevel tells the letter i. behind h. from the Roman number i. below a letter.
func (in *instructions) letterLevel(mark string) int {
	if !romanRule.MatchString(mark) {
		if len(mark) > 2 || len(mark) == 2 && mark[0] != mark[1] {
			return -1 // a word, not a mark
		}
		return 1
	}
	for i := len(in.scopes) - 1; i >= 0; i-- {
		s := in.scopes[i]
		switch {
		case s.level == 2 && ordinal(mark, 2) == ordinal(s.mark, 2)+1:
			return 2
		case s.level == 1:
			if len(mark) == 1 && ordinal(mark, 1) == ordinal(s.mark, 1)+1 && !s.opens {
				return 1
			}
			return 2
		case s.level == 0:
			if (mark == "i") != in.lettered() {
				return 2
			}
			return 1
		}
	}
	return 2
}

// lettered reports whether the letters of the numbered instruction have already come.
func (in *instructions) lettered() bool {
	for i := len(in.scopes) - 1; i >= 0 && in.scopes[i].level != 0; i-- {
		if in.scopes[i].level == 1 {
			return true
		}
	}
	return false
}

// ordinal is the place of a mark in its sequence, from 1; 0 where it has none.
func ordinal(mark string, level int) int {
	if n, err := strconv.Atoi(mark); err == nil {
		return n
	}
	if level == 2 {
		for i, r := range strings.Fields("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi " +
			"xxii xxiii xxiv xxv xxvi xxvii xxviii xxix xxx") {
			if r == mark {
				return i + 1
			}
		}
		return 0
	}
	mark = strings.ToLower(mark)
	if len(mark) == 1 && mark >= "a" && mark <= "z" {
		return int(mark[0]-'a') + 1
	}
	if len(mark) == 2 && mark[0] == mark[1] {
		return int(mark[0]-'a') + 27
	}
	return 0
}
