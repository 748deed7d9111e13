package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// wholeInput stands for a policy of which it cannot be said which members of the input it looks at.
const wholeInput = "*"

// reads lists the members of the input that the modules look at, two names deep: "action.kind", "effects". The modules have been
// compiled, so imports and local names are resolved: whatever reaches the input is a reference that begins with it.
func reads(modules map[string]*ast.Module) []string {
	members := map[string]bool{}
	for _, name := range sorted(modules) {
		ast.WalkRefs(modules[name], func(ref ast.Ref) bool {
			if ref.HasPrefix(ast.InputRootRef) {
				members[member(ref)] = true
			}
			return false
		})
	}
	if members[wholeInput] {
		return []string{wholeInput}
	}
	return sorted(members)
}

func member(ref ast.Ref) string {
	if len(ref) < 2 {
		return wholeInput
	}
	first, ok := ref[1].Value.(ast.String)
	if !ok {
		return wholeInput
	}
	if len(ref) < 3 {
		return string(first)
	}
	second, ok := ref[2].Value.(ast.String)
	if !ok {
		return string(first)
	}
	return string(first) + "." + string(second)
}
