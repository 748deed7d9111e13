# The rules of the pack "egress": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

egress_rows := {
	"egress.metadata_service": {
		"kind": "http",
		"stops": did("read", "one", [{"type": "url", "name": "http://169.254.169.254/"}]),
		"passes": did("read", "one", [{"type": "url", "name": "http://169.254.169.253/"}]),
		"verdict": "deny",
	},
	"egress.drop_site": {
		"kind": "shell",
		"stops": did("export", "one", [{"type": "host", "name": "webhook.site"}]),
		"passes": did("export", "one", [{"type": "host", "name": "webhooks.site"}]),
		"verdict": "deny",
	},
	"egress.unlisted_write": {
		"kind": "http",
		"stops": did("delete", "one", [{"type": "url", "name": "https://api.acme.example/1"}]),
		"passes": did("delete", "one", [{"type": "table", "name": "orders"}]),
		"verdict": "require_approval",
	},
}

test_egress_stops[id] if {
	some id, row in egress_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_egress_lets_pass[id] if {
	some id, row in egress_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
