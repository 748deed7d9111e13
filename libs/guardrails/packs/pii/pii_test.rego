# The rules of the pack "pii": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

pii_rows := {
	"pii.bulk_read": {
		"kind": "sql",
		"stops": did("read", "unbounded", [{"type": "table", "name": "customers"}]),
		"passes": did("read", "bounded", [{"type": "table", "name": "customers"}]),
		"stops_with": {"resource": {"environment": "production", "labels": ["PII"]}},
		"passes_with": {"resource": {"environment": "production", "labels": ["PII"]}},
		"verdict": "require_approval",
	},
	"pii.leaves_by_host": {
		"kind": "http",
		"stops": did("write", "one", [{"type": "host", "name": "api.acme.example"}]),
		"passes": did("write", "one", [{"type": "table", "name": "customers"}]),
		"stops_with": {"resource": {"environment": "production", "labels": ["phi"]}},
		"passes_with": {"resource": {"environment": "production", "labels": ["phi"]}},
		"verdict": "deny",
	},
}

test_pii_stops[id] if {
	some id, row in pii_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_pii_lets_pass[id] if {
	some id, row in pii_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
