package names

// The hash of words in tables: FNV-1a, finished so that all its bits can be used.
const (
	FNVOffset = 14695981039346656037
	FNVPrime  = 1099511628211
)

// Hash is the hash of a word.
func Hash[T string | []byte](s T) uint64 {
	h := uint64(FNVOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * FNVPrime
	}
	return FinishHash(h)
}

// FinishHash makes all bits of a rolling FNV-1a hash usable: FNVOffset, then for each byte b of the word (h ^ b) *
// FNVPrime.
func FinishHash(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}
