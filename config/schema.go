package config

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"
)

// Schema is the JSON Schema of the file, for editors: keys, their types and their fixed words. What only Load can know (names that
// refer to each other, schedules, expressions) is not in it.
func Schema() ([]byte, error) {
	s := schemaOf(reflect.TypeFor[Config]())
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "EntityWatch configuration"
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("config: write schema: %w", err)
	}
	return out, nil
}

func schemaOf(t reflect.Type) *jsonschema.Schema {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[scalar]()) {
		return scalarSchema(t)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Struct:
		return structSchema(t)
	case reflect.Slice:
		list := &jsonschema.Schema{Type: "array", Items: schemaOf(t.Elem())}
		if t == reflect.TypeFor[Names]() {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, list}}
		}
		return list
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.Int:
		return &jsonschema.Schema{Type: "integer"}
	case reflect.Float64:
		return &jsonschema.Schema{Type: "number"}
	}
	return &jsonschema.Schema{Type: "string"}
}

// scalarSchema is loose where YAML reads a bare word as another type (2% is a text, 0.02 a number, on a boolean to some editors).
func scalarSchema(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[Percent]():
		return &jsonschema.Schema{Types: []string{"string", "number"}}
	case reflect.TypeFor[Switch](), reflect.TypeFor[Release]():
		return &jsonschema.Schema{Types: []string{"string", "boolean"}}
	}
	return &jsonschema.Schema{Type: "string"}
}

func structSchema(t reflect.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
	}
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("yaml")
		if key == "" {
			continue
		}
		p := schemaOf(f.Type)
		p.Description = f.Tag.Get("doc")
		for _, w := range splitWords(f.Tag.Get("oneof")) {
			p.Enum = append(p.Enum, w)
		}
		if f.Tag.Get("need") != "" {
			s.Required = append(s.Required, key)
		}
		s.Properties[key] = p
	}
	return s
}
