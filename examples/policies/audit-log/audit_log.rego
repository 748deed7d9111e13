# Nobody removes lines of the audit log, with or without an approval. A rule of your own is one more `findings contains` in the
# package `countersign`; the shipped pack folds it into the answer.
package countersign

findings contains {
	"rule": "acme.audit_log",
	"code": "audit_log",
	"message": "This removes lines of the audit log. They are deleted by its own retention job after ten years.",
	"severity": "critical",
	"verdict": "deny",
	"effect": index,
} if {
	some index, effect in input.effects
	effect.kind in {"delete", "schema_drop"}
	some target in effect.targets
	lower(target.name) in data.acme.audit_tables
	input.subject.id != "pipeline:retention"
}
