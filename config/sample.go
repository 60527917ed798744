package config

import _ "embed"

// Sample is the commented config that `entitywatch init` writes.
//
//go:embed sample.yaml
var Sample []byte
