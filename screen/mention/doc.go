// Package mention finds the listed parties that running text names.
//
// NewScanner makes the names of entries findable; its default prefers precision. A mention needs a name that ordinary
// text does not use, or a full name, or a text that speaks of sanctions, the party's country or its field. Every list
// shows its own entry of a party.
//
// The way of a name into a Scanner (scanBuilder): package names reads it, and it becomes phrases, sequences of word
// hashes in the phraseBook: the name letter for letter, without its legal form, in a person's orders, shortened, by its
// sound, by its consonants, as one word.
//
// The way of a text through it (Scan): readText makes words of it with what stands between them; at each capitalised
// word follow finds the phrases that begin there; judge asks what stands around them (the setting); strength adds up
// the weights of the features that this comes to. The weights are fitted on labeled texts by internal/mentionfit, which
// asks Candidates for them, and the reason of a Mention says which of them there is, and how mentions as strong fared.
//
// It opens no file, reads no clock and logs nothing. A Scanner does not change and is safe for concurrent use.
package mention
