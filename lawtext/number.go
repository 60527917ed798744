package lawtext

import (
	"strconv"
	"strings"
)

// numberWords are the words of numbers below a hundred. "fourty", misspelled, stands in rules.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// ReadNumber reads a number in digits or words from the start of words, which are in lower case: "1,024", "thirty-three", "one
// hundred and fourteen". It returns the value and how many words it took, 0 where they begin with no number.
func ReadNumber(words []string) (value, taken int) {
	if len(words) == 0 {
		return 0, 0
	}
	if n, err := strconv.Atoi(strings.ReplaceAll(words[0], ",", "")); err == nil && n >= 0 && n < 1_000_000 {
		return n, 1
	}
	var n numeral
	for i := range words {
		if !n.take(words, i) {
			break
		}
	}
	return n.total + n.group, n.taken
}

// numeral is a number in words, as far as it is read.
type numeral struct {
	total int // the thousands
	group int // what stands below a thousand, or before the word "thousand"
	taken int // words that belong to it
}

// take goes on with the word at i and reports whether the number may go on behind it.
func (n *numeral) take(words []string, i int) bool {
	v, scale, ok := numberWord(words[i])
	switch {
	case !ok:
		return words[i] == "and" && n.joins(words[i+1:])
	case scale == 0 && canFollow(n.group, v):
		n.group += v
	case scale == 100 && n.taken > 0 && n.group < 10:
		n.group *= 100
	case scale == 1000 && n.taken > 0:
		n.total, n.group = n.total+n.group*1000, 0
	default:
		return false
	}
	n.taken = i + 1
	return true
}

// joins reports whether the words behind an "and" go on with the number: "one hundred and" "fourteen".
func (n *numeral) joins(behind []string) bool {
	if n.group < 100 || n.group%100 != 0 || len(behind) == 0 {
		return false
	}
	v, scale, ok := numberWord(behind[0])
	return ok && scale == 0 && v > 0
}

// canFollow reports whether v may stand behind what a group of words already says: "twenty" "four", "hundred" "four", never "one" "two".
func canFollow(group, v int) bool {
	rest := group % 100
	return rest == 0 || (rest >= 20 && rest%10 == 0 && v < 10)
}

// numberWord reads one word: a value below 100 ("thirty-three"), or a scale.
func numberWord(w string) (value, scale int, ok bool) {
	switch w {
	case "hundred":
		return 0, 100, true
	case "thousand":
		return 0, 1000, true
	}
	if v, ok := numberWords[w]; ok {
		return v, 0, true
	}
	tens, ones, cut := strings.Cut(w, "-")
	t, o := numberWords[tens], numberWords[ones]
	if cut && t >= 20 && o > 0 && o < 10 {
		return t + o, 0, true
	}
	return 0, 0, false
}

// count reads a count of one word, in words or digits: "7", "seventeen", "Twenty-two". What counts a party's aliases has three digits
// at most.
func count(word string) (int, bool) {
	n, taken := ReadNumber([]string{strings.ToLower(word)})
	return n, taken == 1 && n < 1000
}
