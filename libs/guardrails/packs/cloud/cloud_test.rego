# The rules of the pack "cloud": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

cloud_rows := {
	"cloud.foundation_destroy": {
		"kind": "shell",
		"stops": did("infra_destroy", "one", [{"type": "snapshot", "name": "snap-1"}]),
		"passes": did("infra_destroy", "one", [{"type": "instance", "name": "i-1"}]),
		"verdict": "deny",
	},
	"cloud.almighty_grant": {
		"kind": "shell",
		"stops": did("privilege_change", "one", [{"type": "role", "name": "roles/owner"}]),
		"passes": did("privilege_change", "one", [{"type": "role", "name": "roles/viewer"}]),
		"verdict": "deny",
	},
	"cloud.open_to_everyone": {
		"kind": "http",
		"stops": did("privilege_change", "one", [{"type": "principal", "name": "allUsers"}]),
		"passes": did("privilege_change", "one", [{"type": "principal", "name": "user:ana"}]),
		"verdict": "deny",
	},
}

test_cloud_stops[id] if {
	some id, row in cloud_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_cloud_lets_pass[id] if {
	some id, row in cloud_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
