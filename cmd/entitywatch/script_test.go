package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"entitywatch/internal/require"
)

var update = flag.Bool("update", false, "write what the scripts compare with; read it before committing")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entitywatch": main})
}

// The scripts of testdata/script run the real command; each names the fault that it guards against.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ENTITYWATCH_CONFIG", "")
			return nil
		}})
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
