package fedreg

import (
	"strconv"
	"strings"
)

var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// readNumber reads a number in digits or words from the start of words: "1,024", "thirty-three", "one hundred and fourteen". It
// returns the value and how many words it took, 0 where they begin with no number.
func readNumber(words []string) (value, taken int) {
	if len(words) == 0 {
		return 0, 0
	}
	if n, err := strconv.Atoi(strings.ReplaceAll(words[0], ",", "")); err == nil && n >= 0 && n < 1_000_000 {
		return n, 1
	}
	total, group, open := 0, 0, false
	for i := 0; i < len(words); i++ {
		v, scale, ok := numberWord(words[i])
		switch {
		case ok && scale == 0 && canFollow(group, v):
			group, taken, open = group+v, i+1, true
		case ok && scale == 100 && open && group < 10:
			group, taken = group*100, i+1
		case ok && scale == 1000 && open:
			total, group, taken, open = total+group*1000, 0, i+1, true
		case words[i] == "and" && group >= 100 && group%100 == 0 && i+1 < len(words):
			if v, s, ok := numberWord(words[i+1]); !ok || s != 0 || v == 0 {
				return total + group, taken
			}
		default:
			return total + group, taken
		}
	}
	return total + group, taken
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
