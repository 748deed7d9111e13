package countersign_audit_log_test

import data.countersign

asked(subject, kind, table) := {
	"subject": {"type": "pipeline", "id": subject, "owner": ""},
	"action": {"kind": "sql"},
	"effects": [{"kind": kind, "scope": "bounded", "reversible": "no", "targets": [{"type": "table", "name": table}]}],
	"resource": {"type": "database", "id": "shop", "environment": "production", "labels": []},
	"approval": {"id": "a", "status": "valid", "approvers": ["person:bo"], "grant_id": "g"},
}

test_deletes_from_the_audit_log_are_denied_even_when_approved if {
	decision := countersign.decision with input as asked("pipeline:release", "delete", "public.audit_log")
	decision.verdict == "deny"
	some reason in decision.reasons
	reason.rule == "acme.audit_log"
}

test_its_own_retention_job_may if {
	decision := countersign.decision with input as asked("pipeline:retention", "delete", "audit_log")
	decision.verdict == "allow"
}

test_other_tables_are_not_its_business if {
	decision := countersign.decision with input as asked("pipeline:release", "delete", "carts")
	decision.verdict == "allow"
}

test_reading_it_is_fine if {
	decision := countersign.decision with input as asked("pipeline:release", "read", "audit_log")
	decision.verdict == "allow"
}
