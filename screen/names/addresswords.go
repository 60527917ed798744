package names

import "sync"

// addressTable holds the words of addresses that say little by themselves, with the short ways to write them.
const addressTable = `
street st str ulitsa ul jie
road rd lu
avenue ave av prospekt
boulevard blvd
lane ln
building bldg bld bldng
room rm
floor fl flr f lou
block blk
unit flat flt apartment apt suite ste
house hse
tower twr
centre center ctr
plaza plz
district dist
province prov
county
city
town
village vill
number no nr num
phase ph
north n
south s
east e
west w
industrial ind
zone park area estate
commercial comm com
square sq
level lvl
po box pobox
the of and in at near
`

// theAddressWords maps the words of addressTable to their full forms.
var theAddressWords = sync.OnceValue(func() map[string]string { return parseGroups(addressTable) })

// addressWord is the full form of a word of addresses that says little by itself ("street" of "st").
func AddressWord(word string) (full string, ok bool) {
	full, ok = theAddressWords()[word]
	return full, ok
}
