// Package config reads the one YAML file that an admin edits.
//
// Load is strict: an unknown key, a wrong type, a name that nothing defines, a schedule that never fires, an expression that does
// not compile is an error with file:line:column, the offending text and the nearest valid word; all errors are reported at once and
// nothing invalid is ignored. ${VAR} and ${file:PATH} are expanded inside single values after the YAML was parsed, so that a secret
// cannot change the file's structure. A section that is left out keeps its built-in default.
//
// The package knows types and rules of form only. What needs a library of another package (does this cron expression fire, does
// this condition compile) is asked through Checks.
package config
