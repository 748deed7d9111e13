package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/format"
)

// compileBundle gives the WASM of one entrypoint and where each builtin is called, for a message about an unserved one.
func compileBundle(asked request) (reply, error) {
	parsed, compiled, err := checked(asked)
	if err != nil {
		return reply{}, err
	}
	// The build prunes the modules that it is given, so the calls are collected first.
	builtins := calls(parsed)
	b := &bundle.Bundle{Data: asked.Data}
	b.SetRegoVersion(ast.RegoV1)
	for _, name := range sorted(parsed) {
		b.Modules = append(b.Modules, bundle.ModuleFile{URL: name, Path: name, Raw: []byte(asked.Modules[name]), Parsed: parsed[name]})
	}
	compiler := compile.New().
		WithTarget(compile.TargetWasm).
		WithRegoVersion(ast.RegoV1).
		WithEntrypoints(asked.Entrypoint).
		WithPruneUnused(true).
		WithBundle(b)
	if err := compiler.Build(context.Background()); err != nil {
		return reply{}, err
	}
	return reply{Wasm: compiler.Bundle().WasmModules[0].Raw, Builtins: builtins, Reads: reads(compiled)}, nil
}

// check compiles without making code: syntax, types, safety, recursion, and data that a package would hide.
func check(asked request) (reply, error) {
	_, _, err := checked(asked)
	return reply{}, err
}

// checked hands back freshly parsed modules, because the compiler rewrites the ones it is given, and the rewritten ones.
func checked(asked request) (parsed, compiled map[string]*ast.Module, err error) {
	given, err := parse(asked.Modules)
	if err != nil {
		return nil, nil, err
	}
	compiler := ast.NewCompiler().WithDefaultRegoVersion(ast.RegoV1).WithPathConflictsCheck(func(path []string) (bool, error) {
		return defined(asked.Data, path), nil
	})
	if compiler.Compile(given); compiler.Failed() {
		return nil, nil, compiler.Errors
	}
	parsed, err = parse(asked.Modules)
	return parsed, compiler.Modules, err
}

// defined tells whether the data has a value at the path that is not an empty object.
func defined(data any, path []string) bool {
	for _, key := range path {
		object, ok := data.(map[string]any)
		if !ok {
			return false
		}
		if data, ok = object[key]; !ok {
			return false
		}
	}
	object, ok := data.(map[string]any)
	return !ok || len(object) > 0
}

// calls lists the first call of every builtin, by file and row.
func calls(modules map[string]*ast.Module) []problem {
	var list []problem
	seen := map[string]bool{}
	note := func(name string, place *ast.Location) {
		if _, builtin := ast.BuiltinMap[name]; builtin && !seen[name] {
			seen[name] = true
			list = append(list, at(name, "", place))
		}
	}
	for _, name := range sorted(modules) {
		ast.WalkExprs(modules[name], func(expr *ast.Expr) bool {
			if expr.IsCall() {
				note(expr.Operator().String(), expr.Location)
			}
			return false
		})
		ast.WalkTerms(modules[name], func(term *ast.Term) bool {
			if call, ok := term.Value.(ast.Call); ok {
				note(call[0].Value.String(), term.Location)
			}
			return false
		})
	}
	return list
}

func formatModules(asked request) (reply, error) {
	formatted := make(map[string]string, len(asked.Modules))
	if _, err := parse(asked.Modules); err != nil {
		return reply{}, err
	}
	for name, text := range asked.Modules {
		source, err := format.SourceWithOpts(name, []byte(text), format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			return reply{}, err
		}
		formatted[name] = string(source)
	}
	return reply{Modules: formatted}, nil
}
