package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"entitywatch/internal/require"
)

var update = flag.Bool("update", false, "write what the scripts compare with; read it before committing")

// asProgram has the test binary be the program itself, for tests that kill it.
const asProgram = "ENTITYWATCH_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main() // never returns
	}
	if order := os.Getenv(asDaemon); order != "" {
		os.Exit(beDaemon(order))
	}
	testscript.Main(m, map[string]func(){"entitywatch": main})
}

// The scripts of testdata/script run the real command; each names the fault that it guards against.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ENTITYWATCH_CONFIG", "")
			for _, name := range []string{"PORT1", "PORT2"} {
				port, err := freePort()
				if err != nil {
					return err
				}
				env.Setenv(name, port)
			}
			return nil
		}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"post": post, "upstreams": upstreams}})
}

// freeAddress is an address of loopback on which nobody listens just now.
func freeAddress(t *testing.T) string {
	t.Helper()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort("127.0.0.1", port)
}

// freePort is a port of loopback that nobody listens on just now.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// upstreams runs `replay` beside the script, from the moment at which it has said where to find it.
func upstreams(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: upstreams HOST:PORT")
	}
	ctx, stop := context.WithCancel(context.Background())
	listens, ended := make(chan struct{}), make(chan struct{})
	out := &until{text: "# next state:", said: func() { close(listens) }}
	go func() {
		defer close(ended)
		run(ctx, []string{"replay", "--listen", args[0]}, ts.Getenv, strings.NewReader(""), out, out)
	}()
	ts.Defer(func() { stop(); <-ended })
	select {
	case <-listens:
	case <-ended:
		ts.Fatalf("replay: %s", &out.to)
	}
}

// post sends an empty POST.
func post(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: post URL")
	}
	resp, err := http.Post(args[0], "", nil)
	ts.Check(err)
	resp.Body.Close()
}

// The scripts of testdata/reference read the real files of the sources, where they are at hand.
func TestReferenceScripts(t *testing.T) {
	data := require.SharedData(t)
	testscript.Run(t, testscript.Params{Dir: "testdata/reference", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DATA", data)
			env.Setenv("ENTITYWATCH_CONFIG", "")
			return nil
		}})
}

// Compressed data that lacks its end must not pass for a whole file, though the JSON inside closes before it; --partial reads what is there.
func TestCutGzip(t *testing.T) {
	var whole bytes.Buffer
	z := gzip.NewWriter(&whole)
	fmt.Fprint(z, `{"total":1,"results":[{"id":"1","source":"Entity List (EL) - Bureau of Industry and Security","name":"Alpha","country":"CN","addresses":[],"alt_names":[]}]}`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	cut := whole.Bytes()[:whole.Len()-8] // the checksum and the length
	for _, tc := range []struct {
		body []byte
		args []string
		code int
	}{
		{whole.Bytes(), nil, 0},
		{cut, nil, 1},
		{cut, []string{"--partial"}, 3},
	} {
		var out, errs bytes.Buffer
		args := append([]string{"inspect", "csl-json", "-", "--json"}, tc.args...)
		code := run(t.Context(), args, func(string) string { return "" }, bytes.NewReader(tc.body), &out, &errs)
		if code != tc.code {
			t.Errorf("%v of %d bytes: code %d, want %d\n%s%s", args, len(tc.body), code, tc.code, &out, &errs)
		}
		if said := out.String() + errs.String(); tc.code != 0 && !strings.Contains(said, "the compressed file is cut") {
			t.Errorf("%v does not say that the file is cut: %s", args, said)
		}
	}
}
