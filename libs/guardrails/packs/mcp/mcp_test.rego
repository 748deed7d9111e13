# The rules of the pack "mcp": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

mcp_rows := {
	"mcp.unknown_tool": {
		"kind": "mcp_tool",
		"stops": did("opaque", "unknown", []),
		"passes": did("read", "one", [{"type": "tool", "name": "crm/find"}]),
		"verdict": "require_approval",
	},
	"mcp.changed_schema": {
		"kind": "mcp_tool",
		"stops": did("opaque", "unknown", [{"type": "tool_schema", "name": "9f"}]),
		"passes": did("opaque", "unknown", [{"type": "tool", "name": "crm/find"}]),
		"verdict": "require_approval",
	},
	"mcp.tool_runs_code": {
		"kind": "function_call",
		"stops": did("code_execution", "one", []),
		"passes": did("read", "one", [{"type": "tool", "name": "crm/find"}]),
		"verdict": "require_approval",
	},
}

test_mcp_stops[id] if {
	some id, row in mcp_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_mcp_lets_pass[id] if {
	some id, row in mcp_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
