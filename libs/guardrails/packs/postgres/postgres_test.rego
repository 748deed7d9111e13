# The rules of the pack "postgres": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

postgres_rows := {
	"postgres.system_catalog": {
		"kind": "sql",
		"stops": did("write", "one", [{"type": "table", "name": "pg_catalog.pg_proc"}]),
		"passes": did("write", "one", [{"type": "table", "name": "shop.orders"}]),
		"verdict": "deny",
	},
	"postgres.admin_role": {
		"kind": "sql",
		"stops": did("privilege_change", "one", [{"type": "role", "name": "rds_superuser"}]),
		"passes": did("privilege_change", "one", [{"type": "role", "name": "reporting"}]),
		"verdict": "deny",
	},
	"postgres.guarding_setting": {
		"kind": "sql",
		"stops": did("log_tamper", "unbounded", [{"type": "parameter", "name": "log_statement"}]),
		"passes": did("config_change", "unbounded", [{"type": "parameter", "name": "work_mem"}]),
		"verdict": "deny",
	},
	"postgres.untrusted_code": {
		"kind": "sql",
		"stops": did("code_execution", "one", [{"type": "language", "name": "plpython3u"}]),
		"passes": did("code_execution", "one", [{"type": "language", "name": "plpgsql"}]),
		"verdict": "deny",
	},
	"postgres.foreign_rollback": {
		"kind": "sql",
		"stops": object.union(did("session", "unknown", []), {"reversible": "no"}),
		"passes": object.union(did("session", "unknown", []), {"reversible": "no"}),
		"stops_with": {"session": {"id": ""}},
		"passes_with": {"session": {"id": "s1"}},
		"verdict": "require_approval",
	},
	"postgres.server_file": {
		"kind": "sql",
		"stops": did("secret_read", "one", [{"type": "file", "name": "/etc/ssl/key.pem"}]),
		"passes": did("read", "one", [{"type": "table", "name": "vault"}]),
		"verdict": "deny",
	},
}

test_postgres_stops[id] if {
	some id, row in postgres_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_postgres_lets_pass[id] if {
	some id, row in postgres_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
