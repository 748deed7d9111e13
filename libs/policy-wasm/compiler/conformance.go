//go:build conformance

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/test/cases"
)

// conformanceCase is one of OPA's own cases, compiled. Values are in Rego's own syntax, which keeps sets and long numbers.
type conformanceCase struct {
	Name         string  `json:"name"`
	Query        string  `json:"query"`
	Wasm         []byte  `json:"wasm,omitempty"`
	CompileError string  `json:"compileError,omitempty"`
	Data         any     `json:"data"`
	Input        *string `json:"input,omitempty"`
	Want         *string `json:"want,omitempty"`
	WantDefined  *bool   `json:"wantDefined,omitempty"`
	WantError    bool    `json:"wantError"`
	// StrictError says that the error shows only where builtin errors end the evaluation; otherwise the result is undefined.
	StrictError  bool `json:"strictError"`
	SortBindings bool `json:"sortBindings"`
	// IgnoreGenerated leaves variables out of the comparison that the compiler invented.
	IgnoreGenerated bool `json:"ignoreGenerated"`
}

// With the tag the same program takes a folder of cases instead of a request: natively built it compiles them all in seconds.
func init() {
	if len(os.Args) == 2 {
		if err := writeCases(os.Args[1]); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
}

func writeCases(folder string) error {
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for _, version := range []struct {
		name string
		rego ast.RegoVersion
	}{{"v0", ast.RegoV0}, {"v1", ast.RegoV1}} {
		set, err := cases.Load(filepath.Join(folder, version.name))
		if err != nil {
			return err
		}
		for _, one := range set.Sorted().Cases {
			if err := encoder.Encode(prepare(version.name, version.rego, one)); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func prepare(version string, regoVersion ast.RegoVersion, one cases.TestCase) conformanceCase {
	told := conformanceCase{Name: version + "/" + one.Note, Query: one.Query, StrictError: one.StrictError, SortBindings: one.SortBindings,
		IgnoreGenerated: one.IgnoreGeneratedVars,
		WantDefined:     one.WantDefined, WantError: one.WantError != nil || one.WantErrorCode != nil}
	if one.Data != nil {
		told.Data = *one.Data
	}
	if one.InputTerm != nil {
		text := ast.MustParseTerm(*one.InputTerm).String()
		told.Input = &text
	} else if one.Input != nil {
		text := ast.MustInterfaceToValue(*one.Input).String()
		told.Input = &text
	}
	if one.WantResult != nil {
		want := ast.NewSet()
		for _, bindings := range *one.WantResult {
			want.Add(ast.NewTerm(ast.MustInterfaceToValue(bindings)))
		}
		text := want.String()
		told.Want = &text
	}
	options := []func(*rego.Rego){
		rego.Query(one.Query),
		rego.SetRegoVersion(regoVersion),
		rego.Capabilities(ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(one.ExperimentalKeywords))),
	}
	for index, module := range one.Modules {
		options = append(options, rego.Module("module-"+string(rune('a'+index))+".rego", module))
	}
	compiled, err := rego.New(options...).Compile(context.Background())
	if err != nil {
		told.CompileError = err.Error()
		return told
	}
	told.Wasm = compiled.Bytes
	return told
}
