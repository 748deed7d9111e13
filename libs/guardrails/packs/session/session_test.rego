# The rules of the pack "session": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

session_rows := {
	"session.locked_out": {
		"kind": "sql",
		"stops": did("read", "one", [{"type": "table", "name": "customers"}]),
		"passes": did("read", "one", [{"type": "table", "name": "customers"}]),
		"stops_with": {"session": {"agent": {"m5": {"deny": 500}}}},
		"passes_with": {"session": {"agent": {"m5": {"deny": 499}}}},
		"verdict": "deny",
	},
	"session.over_budget": {
		"kind": "sql",
		"stops": did("delete", "one", [{"type": "table", "name": "carts"}]),
		"passes": did("delete", "one", [{"type": "table", "name": "carts"}]),
		"stops_with": {"session": {"agent": {"m30": {"delete": 2000}}}},
		"passes_with": {"session": {"agent": {"m30": {"delete": 1999}}}},
		"verdict": "require_approval",
	},
	"session.connects_after_read": {
		"kind": "shell",
		"stops": did("network", "one", [{"type": "host", "name": "x.example"}]),
		"passes": did("network", "one", [{"type": "host", "name": "x.example"}]),
		"stops_with": {"session": {"owner": {"last": {"secret_read": 1800}}}},
		"passes_with": {"session": {"owner": {"last": {"secret_read": 1801}}}},
		"verdict": "require_approval",
	},
	"session.after_sensitive_read": {
		"kind": "shell",
		"stops": did("export", "one", [{"type": "object", "name": "s3://b/k"}]),
		"passes": did("export", "one", [{"type": "object", "name": "s3://b/k"}]),
		"stops_with": {"session": {"owner": {"labels": {"pii": {"read": 1800}}}}},
		"passes_with": {"session": {"owner": {"labels": {"pii": {"read": 1801}}}}},
		"verdict": "deny",
	},
	"session.after_secret_read": {
		"kind": "shell",
		"stops": did("export", "one", [{"type": "host", "name": "x.example"}]),
		"passes": did("read", "one", [{"type": "host", "name": "x.example"}]),
		"stops_with": {"session": {"owner": {"last": {"secret_read": 1}}}},
		"passes_with": {"session": {"owner": {"last": {"secret_read": 1}}}},
		"verdict": "deny",
	},
}

test_session_stops[id] if {
	some id, row in session_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_session_lets_pass[id] if {
	some id, row in session_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
