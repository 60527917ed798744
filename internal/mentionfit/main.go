// Command mentionfit derives what the features of a mention weigh (screen/mention/weights.txt) from labeled texts, and measures on texts that it
// did not derive them from:
//
//	go run ./internal/mentionfit            # fit, measure, print
//	go run ./internal/mentionfit -write     # and write screen/mention/weights.txt
//
// Texts are the 3,800 news briefs and the 16 openings of articles of ../shared/data/news, with the labels there and ours in
// screen/mention/testdata; names of the Consolidated Screening List put into sentences (made.go), where they are right; and sentences about
// innocent companies and about persons with names recombined from the list's, where they are wrong. Each text belongs to one of five parts
// by the hash of its id. The weights are fitted on four of them and part 0 is kept back for good; for the other figures each part is kept back
// in turn. A logistic regression with a ridge (logistic.go) weighs the features that package mention names. Weights keep the sign that their
// feature means. A feature that does not make the parts in turn less surprising is dropped.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	data := flag.String("data", filepath.Join("..", "shared", "data"), "the reference data")
	root := flag.String("root", ".", "the root of the module")
	write := flag.Bool("write", false, "write screen/mention/weights.txt")
	flag.Parse()
	if err := run(*data, *root, *write); err != nil {
		fmt.Fprintln(os.Stderr, "mentionfit:", err)
		os.Exit(1)
	}
}

func run(data, root string, write bool) error {
	c, err := readCorpus(data, filepath.Join(root, "screen", "mention", "testdata"))
	if err != nil {
		return err
	}
	s := newStudy(c)
	file, err := s.report(os.Stdout)
	if err != nil || !write {
		return err
	}
	return os.WriteFile(filepath.Join(root, "screen", "mention", "weights.txt"), []byte(file), 0o644)
}
