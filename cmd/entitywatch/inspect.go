package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/diff"
)

func (a *app) inspectCommand() *cobra.Command {
	var partial, asJSON bool
	cmd := &cobra.Command{
		Use:   "inspect KIND FILE",
		Short: "Show what the parser sees in one file",
		Long: "Show what the parser sees in one file of a source: for a list one Entry a line, for an act one\n" +
			"Amendment a line, then the summary. Files may be gzip; - is stdin.\n\n" +
			"KIND is one of: " + strings.Join(kinds(), ", "),
		Args: exactly(2),
		RunE: func(_ *cobra.Command, args []string) error {
			read, err := a.read(args[0], args[1], diff.ReadOptions{AsOf: dayOf(args[1]), Partial: partial})
			if err != nil {
				return err
			}
			return a.printer(asJSON).reading(read)
		},
	}
	cmd.Flags().BoolVar(&partial, "partial", false, "read what is whole of a cut file, and report the rest")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// read parses one file; its error names the file.
func (a *app) read(kind, path string, o diff.ReadOptions) (reading, error) {
	parse, ok := parserOf(kind, a.now())
	if !ok {
		return reading{}, usage("there is no kind %q; %s", kind, config.DidYouMean(kind, kinds()))
	}
	f, err := a.open(path, o.Partial)
	if err != nil {
		return reading{}, fmt.Errorf("read as %s: %w", kind, err)
	}
	defer f.Close()
	read, err := parse(f, o)
	if err == nil {
		err = f.drain()
	}
	if refused, ok := errors.AsType[*diff.Refused](err); ok {
		return reading{}, fmt.Errorf("%s: refused as %s: %s", path, kind, refused.Reason)
	}
	if err != nil {
		return reading{}, fmt.Errorf("%s: read as %s: %w", path, kind, err)
	}
	if f.cut {
		read.add(diff.Problem{Kind: diff.Unread, Text: cutGzip})
	}
	return read, nil
}
