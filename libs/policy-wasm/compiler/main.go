// Rego-compiler is Open Policy Agent's own compiler, formatter and test runner behind one JSON request on stdin and one
// JSON reply on stdout. Built for WASI it runs inside Node, so that nobody needs an OPA binary (see README.md beside it).
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// request is what Node sends. Data is `data` of the bundle; it is checked against the packages, never compiled in.
type request struct {
	Command    string            `json:"command"`
	Modules    map[string]string `json:"modules"`
	Data       map[string]any    `json:"data"`
	Entrypoint string            `json:"entrypoint"`
}

// problem is one message of the compiler with the place it points at; row and column count from 1, 0 means none.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file"`
	Row     int    `json:"row"`
	Col     int    `json:"col"`
}

type reply struct {
	Errors   []problem         `json:"errors,omitempty"`
	Wasm     []byte            `json:"wasm,omitempty"`
	Builtins []problem         `json:"builtins,omitempty"`
	Reads    []string          `json:"reads,omitempty"`
	Modules  map[string]string `json:"modules,omitempty"`
	Tests    []testResult      `json:"tests,omitempty"`
	Coverage *coverage         `json:"coverage,omitempty"`
}

var commands = map[string]func(request) (reply, error){
	"compile": compileBundle,
	"check":   check,
	"fmt":     formatModules,
	"test":    runTests,
}

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	var asked request
	if err := json.NewDecoder(in).Decode(&asked); err != nil {
		return fmt.Errorf("unreadable request: %w", err)
	}
	command, known := commands[asked.Command]
	if !known {
		return fmt.Errorf("unknown command %q", asked.Command)
	}
	answer, err := command(asked)
	if err != nil {
		answer = reply{Errors: problems(err)}
	}
	return json.NewEncoder(out).Encode(answer)
}

// parse reads every module as Rego v1 and collects the errors of all of them.
func parse(modules map[string]string) (map[string]*ast.Module, error) {
	parsed := make(map[string]*ast.Module, len(modules))
	var all ast.Errors
	for name, text := range modules {
		module, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
		var errs ast.Errors
		switch {
		case errors.As(err, &errs):
			all = append(all, errs...)
		case err != nil:
			all = append(all, ast.NewError(ast.ParseErr, &ast.Location{File: name}, "%s", err.Error()))
		case module == nil:
			all = append(all, ast.NewError(ast.ParseErr, &ast.Location{File: name, Row: 1, Col: 1}, "empty module"))
		default:
			parsed[name] = module
		}
	}
	if len(all) > 0 {
		all.Sort()
		return nil, all
	}
	return parsed, nil
}

func problems(err error) []problem {
	var many ast.Errors
	if !errors.As(err, &many) {
		return []problem{{Code: "error", Message: err.Error()}}
	}
	many.Sort()
	list := make([]problem, 0, len(many))
	for _, one := range many {
		list = append(list, at(one.Code, message(one), one.Location))
	}
	return list
}

// message is the compiler's own message with its details (the wanted and found types, for instance).
func message(err *ast.Error) string {
	if err.Details == nil {
		return err.Message
	}
	return strings.Join(append([]string{err.Message}, err.Details.Lines()...), "\n")
}

func at(code, message string, place *ast.Location) problem {
	found := problem{Code: code, Message: message}
	if place != nil {
		found.File, found.Row, found.Col = place.File, place.Row, place.Col
	}
	return found
}
