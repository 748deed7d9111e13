# Each rule of the baseline pack, where it stops and where it does not. Run by `opa test` and by `countersign policy test`.
package countersign_test

import data.countersign

# Rule, effect, labels; what strict, standard and observe say in production, and standard in staging and in development.
stops := {
	"schema_drop": [effect("schema_drop", "one"), [], "deny", "deny", "require_approval", "allow"],
	"unbounded_delete": [effect("delete", "unbounded"), [], "deny", "deny", "require_approval", "allow"],
	"unbounded_write": [effect("write", "unbounded"), [], "deny", "deny", "require_approval", "allow"],
	"unclear_delete": [effect("delete", "unknown"), [], "deny", "require_approval", "require_approval", "allow"],
	"unclear_write": [effect("write", "unknown"), [], "require_approval", "require_approval", "allow", "allow"],
	"bounded_delete": [effect("delete", "bounded"), [], "require_approval", "allow", "allow", "allow"],
	"sensitive_delete": [effect("delete", "bounded"), ["pii"], "require_approval", "require_approval", "require_approval", "require_approval"],
	"sensitive_write": [effect("write", "one"), ["pii"], "require_approval", "require_approval", "require_approval", "require_approval"],
	"sensitive_export": [effect("export", "bounded"), ["pii"], "deny", "deny", "deny", "deny"],
	"sensitive_read": [effect("read", "unbounded"), ["confidential"], "require_approval", "allow", "allow", "allow"],
	"export": [effect("export", "bounded"), [], "deny", "deny", "require_approval", "allow"],
	"schema_change": [effect("schema_change", "one"), [], "require_approval", "require_approval", "allow", "allow"],
	"privilege_change": [effect("privilege_change", "one"), [], "deny", "require_approval", "require_approval", "allow"],
	"identity_change": [effect("identity_change", "one"), [], "deny", "require_approval", "require_approval", "allow"],
	"config_change": [effect("config_change", "one"), [], "deny", "require_approval", "allow", "allow"],
	"database_code_execution": [effect("code_execution", "one"), [], "deny", "deny", "require_approval", "allow"],
	"process_control": [effect("process_control", "one"), [], "require_approval", "require_approval", "allow", "allow"],
	"log_tamper": [effect("log_tamper", "one"), [], "deny", "deny", "deny", "require_approval"],
	"persistence": [effect("persistence", "one"), [], "deny", "require_approval", "require_approval", "allow"],
	"secret_read": [effect("secret_read", "one"), [], "deny", "require_approval", "require_approval", "require_approval"],
	"history_rewrite": [effect("history_rewrite", "one"), [], "deny", "require_approval", "require_approval", "allow"],
	"infra_destroy": [effect("infra_destroy", "one"), [], "deny", "require_approval", "require_approval", "allow"],
	"unbounded_infra_destroy": [effect("infra_destroy", "unbounded"), [], "deny", "deny", "require_approval", "allow"],
	"infra_change": [effect("infra_change", "one"), [], "require_approval", "require_approval", "allow", "allow"],
	"network": [effect("network", "one"), [], "require_approval", "require_approval", "allow", "allow"],
	"opaque": [effect("opaque", "unknown"), [], "deny", "require_approval", "require_approval", "require_approval"],
	"unknown_effect": [effect("teleport", "one"), [], "deny", "deny", "deny", "deny"],
}

test_strict_in_production[name] if {
	some name, row in stops
	decision := countersign.decision with input as asked(row[0], "production", row[1]) with data.baseline.profile as "strict"
	decision.verdict == row[2]
	concat(".", ["baseline", name]) in rules(decision)
}

test_standard_in_production[name] if {
	some name, row in stops
	decision := countersign.decision with input as asked(row[0], "production", row[1])
	decision.verdict == row[3]
	same(told(name, decision), row[3] != "allow")
}

test_standard_in_staging[name] if {
	some name, row in stops
	decision := countersign.decision with input as asked(row[0], "staging", row[1])
	decision.verdict == row[4]
	same(told(name, decision), row[4] != "allow")
}

test_standard_in_development[name] if {
	some name, row in stops
	decision := countersign.decision with input as asked(row[0], "development", row[1])
	decision.verdict == row[5]
	same(told(name, decision), row[5] != "allow")
}

test_observe_always_allows_and_tells[name] if {
	some name, row in stops
	decision := countersign.decision with input as asked(row[0], "production", row[1]) with data.baseline.profile as "observe"
	decision.verdict == "allow"
	same(told(name, decision), row[3] != "allow")
	every reason in decision.reasons {
		reason.severity == "info"
		observed(reason)
	}
}

observed(reason) if startswith(reason.code, "observed_")

observed(reason) if reason.rule == "baseline.everyday"

test_code_that_is_not_sql_can_be_approved if {
	asked_in_shell := object.union(production("code_execution", "one"), {"action": {"kind": "shell"}})
	decision := countersign.decision with input as asked_in_shell
	decision.verdict == "require_approval"
	told("code_execution", decision)
}

test_everyday_work_is_allowed[kind] if {
	some kind in ["none", "session", "read", "write", "delete"]
	decision := countersign.decision with input as production(kind, "one")
	decision == {"verdict": "allow", "reasons": [data.baseline.everyday], "obligations": set()}
}

test_what_can_be_undone_is_asked_about if {
	decision := countersign.decision with input as asked({"kind": "schema_drop", "scope": "one", "reversible": "yes"}, "production", [])
	decision.verdict == "require_approval"
	told("schema_change", decision)
}

test_no_effects_is_a_deny[note] if {
	some note, effects in {"empty": [], "null": null, "an object": {}, "a text": "none"}
	decision := countersign.decision with input as object.union(production("read", "one"), {"effects": effects})
	decision.verdict == "deny"
	told("no_effects", decision)
}

test_nothing_at_all_is_a_deny if {
	decision := countersign.decision with input as {}
	decision.verdict == "deny"
}

test_an_agent_needs_an_owner if {
	stray := {"subject": {"type": "agent", "id": "agent:stray", "owner": ""}}
	decision := countersign.decision with input as object.union(production("read", "one"), stray)
	decision.verdict == "deny"
	rules(decision) == {"identity.owner_missing"}
}

test_people_and_pipelines_need_no_owner[type] if {
	some type in ["person", "pipeline"]
	subject := {"subject": {"type": type, "id": concat(":", [type, "x"]), "owner": ""}}
	decision := countersign.decision with input as object.union(production("read", "one"), subject)
	decision.verdict == "allow"
}

test_a_subject_needs_a_type if {
	decision := countersign.decision with input as object.union(production("read", "one"), {"subject": {"type": "", "id": "x"}})
	decision.verdict == "deny"
	rules(decision) == {"identity.subject_unknown"}
}

test_an_approval_lifts_the_question_only if {
	approval := {"approval": {"id": "a", "status": "valid", "approvers": ["person:bo"], "grant_id": "g"}}
	asked_for := countersign.decision with input as object.union(production("schema_change", "one"), approval)
	asked_for.verdict == "allow"
	"baseline.approved" in rules(asked_for)
	denied := countersign.decision with input as object.union(production("schema_drop", "one"), approval)
	denied.verdict == "deny"
	not "baseline.approved" in rules(denied)
}

test_an_approval_that_is_not_valid_counts_for_nothing[status] if {
	some status in ["expired", "forged", "already_used", "action_changed", "policy_changed", ""]
	approval := {"approval": {"id": "a", "status": status, "approvers": [], "grant_id": "g"}}
	decision := countersign.decision with input as object.union(production("schema_change", "one"), approval)
	decision.verdict == "require_approval"
}

test_the_requirement_comes_from_data if {
	decision := countersign.decision with input as production("schema_change", "one") with data.baseline.approval as {"quorum": 2}
	decision.approval == {"quorum": 2}
}

test_a_profile_that_does_not_exist_denies if {
	decision := countersign.decision with input as production("read", "one") with data.baseline.profile as "relaxed"
	decision.verdict == "deny"
	told("profile_unknown", decision)
}

test_without_data_everything_is_denied if {
	decision := countersign.decision with input as production("read", "one") with data.baseline as {}
	decision.verdict == "deny"
}

test_a_misspelt_verdict_of_a_finding_is_a_deny if {
	mine := {{"rule": "a.b", "code": "c", "message": "m", "severity": "low", "verdict": "alow"}}
	decision := countersign.decision with input as production("read", "one") with data.countersign.findings as mine
	decision.verdict == "deny"
}

test_obligations_come_from_data if {
	duty := {"allow": [{"id": "log_rows"}]}
	decision := countersign.decision with input as production("read", "one") with data.baseline.obligations as duty
	decision.obligations == {{"id": "log_rows"}}
}

test_a_table_can_be_labelled_by_data[name] if {
	some name, verdict in {
		"public.customers": "require_approval",
		"customers": "require_approval",
		"shop.public.customers": "require_approval",
		"PUBLIC.Customers": "require_approval",
		"archive.customers": "allow",
		"orders": "allow",
	}
	touched := {"kind": "delete", "scope": "bounded", "reversible": "no", "targets": [{"type": "table", "name": name}]}
	decision := countersign.decision with input as asked(touched, "production", [])
		with data.baseline.tables as {"public.customers": ["sensitive"]}
	decision.verdict == verdict
}

test_a_rule_without_words_still_stops if {
	decision := countersign.decision with input as production("schema_change", "one")
		with data.baseline.rules.schema_change as null
	decision.verdict == "deny"
	rules(decision) == {"baseline.unnamed"}
}

test_an_override_goes_before_the_table if {
	decision := countersign.decision with input as production("schema_drop", "one")
		with data.baseline.overrides as {"schema_drop": {"protected": "require_approval"}}
	decision.verdict == "require_approval"
}

test_names_of_environments_and_labels_ignore_case if {
	staged := countersign.decision with input as asked(effect("schema_change", "one"), "Staging", [])
	staged.verdict == "allow"
	labelled := countersign.decision with input as asked(effect("write", "one"), "production", ["PII"])
	labelled.verdict == "require_approval"
}

test_what_is_not_stated_or_known_is_taken_for_the_worst if {
	every environment in ["", "prod-eu-2", "development "] {
		placed := countersign.decision with input as asked(effect("schema_drop", "one"), environment, [])
		placed.verdict == "deny"
	}
	scoped := countersign.decision with input as production("delete", "galactic")
	told("unclear_delete", scoped)
}

test_the_last_of_many_effects_decides_too if {
	reads := [effect("read", "one") | some _ in numbers.range(1, 60)]
	drops := [effect("schema_drop", "one") | some _ in numbers.range(1, 60)]
	decision := countersign.decision with input as object.union(production("read", "one"), {"effects": array.concat(reads, drops)})
	decision.verdict == "deny"
	count(decision.reasons) == 1
	told("schema_drop", decision)
}

test_the_last_of_many_labelled_effects_decides_too if {
	reads := [effect("read", "one") | some _ in numbers.range(1, 60)]
	deletes := [effect("delete", "one") | some _ in numbers.range(1, 60)]
	many := object.union(asked(effect("read", "one"), "production", ["pii"]), {"effects": array.concat(reads, deletes)})
	decision := countersign.decision with input as many
	decision.verdict == "require_approval"
	told("sensitive_delete", decision)
}

test_each_of_a_few_effects_has_its_own_reason if {
	drops := [effect("schema_drop", "one") | some _ in numbers.range(1, 60)]
	decision := countersign.decision with input as object.union(production("read", "one"), {"effects": drops})
	count(decision.reasons) == 51
	{reason.effect | some reason in decision.reasons} == {index | some index in numbers.range(0, 49)}
}
