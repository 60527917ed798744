package names

import "sync"

// theAddressWords maps the words of address.txt to their full forms.
var theAddressWords = sync.OnceValue(func() map[string]string { return parseGroups(table("address.txt")) })

// AddressWord is the full form of a word of addresses that says little by itself ("street" of "st").
func AddressWord(word string) (full string, ok bool) {
	full, ok = theAddressWords()[word]
	return full, ok
}
