package names

// HasDigit reports whether a folded word holds a digit.
func HasDigit(s string) bool {
	for i := range len(s) {
		if s[i] <= '9' {
			return true
		}
	}
	return false
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
