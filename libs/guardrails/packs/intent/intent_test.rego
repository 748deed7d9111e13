# The rules of the pack "intent": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

intent_rows := {
	"intent.undeclared_effect": {
		"kind": "sql",
		"stops": did("schema_drop", "one", [{"type": "table", "name": "customers"}]),
		"passes": did("schema_drop", "one", [{"type": "table", "name": "customers"}]),
		"stops_with": {"intent": {"declared": ["read"], "mismatch": true, "undeclared": ["schema_drop"], "by": "plan"}},
		"passes_with": {"intent": {"declared": ["read"], "mismatch": true, "undeclared": ["schema_drop"], "by": "purpose"}},
		"verdict": "deny",
	},
	"intent.unexpected_effect": {
		"kind": "sql",
		"stops": did("delete", "one", [{"type": "table", "name": "customers"}]),
		"passes": did("delete", "one", [{"type": "table", "name": "customers"}]),
		"stops_with": {"intent": {"declared": ["read"], "mismatch": true, "undeclared": ["delete"], "by": "purpose"}},
		"passes_with": {"intent": {"declared": ["read", "process_control"], "mismatch": true, "undeclared": ["delete"], "by": "purpose"}},
		"verdict": "require_approval",
	},
}

test_intent_stops[id] if {
	some id, row in intent_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_intent_lets_pass[id] if {
	some id, row in intent_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
