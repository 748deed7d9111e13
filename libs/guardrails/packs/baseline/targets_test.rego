# The rules of the baseline that depend on the type of a target.
package countersign_test

import data.countersign

targets_rows := {
	"baseline.store_export": {
		"kind": "shell",
		"stops": did("export", "one", [{"type": "object", "name": "s3://b/k"}]),
		"passes": did("write", "one", [{"type": "file", "name": "/tmp/k"}]),
		"verdict": "require_approval",
	},
	"baseline.remote_delete": {
		"kind": "shell",
		"stops": did("delete", "one", [{"type": "object", "name": "s3://b/k"}]),
		"passes": did("delete", "one", [{"type": "file", "name": "/tmp/k"}]),
		"verdict": "require_approval",
	},
}

test_targets_stops[id] if {
	some id, row in targets_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_targets_lets_pass[id] if {
	some id, row in targets_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
