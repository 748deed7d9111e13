# What the operator sets by data alone: protected targets, models, trusted code, hosts, and rules on trial.
package countersign_test

import data.countersign

test_a_protected_target_is_guarded_whatever_is_done[kind] if {
	some kind in ["read", "write", "network", "opaque"]
	decision := countersign.decision with input as asked_as("sql", [did(kind, "one", [{"type": "table", "name": "Audit.Log"}])])
		with data.baseline.protected as {"table": {"audit.log": "deny"}}
	decision.verdict == "deny"
	"baseline.protected_target" in rules(decision)
}

test_a_protected_target_may_be_read_where_the_list_says_so if {
	decision := countersign.decision with input as asked_as("sql", [did("read", "one", [{"type": "table", "name": "log"}])])
		with data.baseline.protected as {"table": {"log": {"read": "allow", "*": "deny"}}}
	decision.verdict == "allow"
}

test_a_misspelt_verdict_of_a_protected_target_is_a_deny if {
	decision := countersign.decision with input as asked_as("sql", [did("read", "one", [{"type": "table", "name": "log"}])])
		with data.baseline.protected as {"table": {"log": "ask"}}
	decision.verdict == "deny"
}

test_a_protected_host_is_guarded_behind_a_url_too if {
	url := {"type": "url", "name": "https://api.bank.example/v1"}
	decision := countersign.decision with input as asked_as("http", [did("read", "one", [url])])
		with data.baseline.protected as {"host": {"*.bank.example": "require_approval"}}
	decision.verdict == "require_approval"
}

test_only_listed_models_may_act_once_one_is_listed[model] if {
	some model, verdict in {"m-1": "allow", "M-1": "allow", "m-2": "deny", "": "deny"}
	asked_by := object.union(asked_as("sql", [did("read", "one", [])]), {"model": {"provider": "Acme", "model": model}})
	decision := countersign.decision with input as asked_by with data.baseline.models as {"acme": {"m-1": true}}
	decision.verdict == verdict
	same(told("model_not_listed", decision), verdict == "deny")
}

test_only_cleared_models_may_see_personal_data[model] if {
	some model, verdict in {"m-1": "allow", "m-2": "deny"}
	asked_by := object.union(asked_as("sql", [did("read", "one", [])]), {
		"model": {"provider": "acme", "model": model},
		"resource": {"environment": "production", "labels": ["pii"]},
	})
	decision := countersign.decision with input as asked_by with data.pii.models as {"acme": {"m-1": true}}
	decision.verdict == verdict
	same("pii.model_not_cleared" in rules(decision), verdict == "deny")
}

test_a_purpose_can_be_required if {
	silent := asked_as("sql", [did("read", "one", [])])
	decision := countersign.decision with input as silent with data.intent.purpose_required as {"protected": true}
	rules(decision) == {"intent.purpose_missing"}
	stated := object.union(silent, {"intent": {"declared": ["read"], "undeclared": [], "mismatch": false, "ticket": "", "by": "purpose"}})
	fine := countersign.decision with input as stated with data.intent.purpose_required as {"protected": true}
	fine.verdict == "allow"
}

test_reads_from_unlisted_hosts_are_asked_about_in_strict[verdict] if {
	some verdict, hosts in {"require_approval": {}, "allow": {"docs.example.org": {"read": true}}}
	effects := [did("read", "one", [{"type": "url", "name": "https://docs.example.org/a"}])]
	decision := countersign.decision with input as asked_as("http", effects)
		with data.baseline.profile as "strict"
		with data.egress.hosts as hosts
	decision.verdict == verdict
	same("egress.unlisted_read" in rules(decision), verdict != "allow")
}

test_a_labelled_table_that_was_touched_counts_as_in_hand if {
	effects := [did("export", "one", [{"type": "host", "name": "x.example"}])]
	after := object.union(asked_as("shell", effects), {"session": {"owner": {"tables": {"customers": 60}}}})
	decision := countersign.decision with input as after with data.baseline.tables as {"public.customers": ["phi"]}
	"session.after_sensitive_read" in rules(decision)
	later := countersign.decision with input as after
		with data.baseline.tables as {"public.customers": ["phi"]}
		with data.session.fresh_s as 59
	not "session.after_sensitive_read" in rules(later)
}

test_a_rule_on_trial_is_told_and_does_not_count if {
	decision := countersign.decision with input as production("schema_drop", "one")
		with data.shadow.rules as {"baseline.schema_drop": true}
	decision.verdict == "allow"
	some reason in decision.reasons
	reason.code == "shadow_schema_drop"
	reason.severity == "info"
	startswith(reason.message, "Would be denied. This drops structure")
}

test_a_pack_on_trial_lets_the_others_count if {
	effects := [did("delete", "one", [{"type": "branch", "name": "main"}]), did("schema_change", "one", [])]
	decision := countersign.decision with input as asked_as("shell", effects) with data.shadow.packs as {"git": true}
	decision.verdict == "require_approval"
	codes := [reason.code | some reason in decision.reasons]
	codes == ["schema_change", "shadow_protected_branch_delete"]
}

test_one_rule_of_a_pack_on_trial_can_count if {
	effects := [did("delete", "one", [{"type": "branch", "name": "main"}])]
	decision := countersign.decision with input as asked_as("shell", effects)
		with data.shadow.packs as {"git": true}
		with data.shadow.rules as {"git.protected_branch_delete": false}
	decision.verdict == "deny"
}

test_without_the_shadow_data_everything_counts if {
	decision := countersign.decision with input as production("schema_drop", "one") with data.shadow as null
	decision.verdict == "deny"
}

test_what_strict_asks_about_standard_lets_pass[name] if {
	some name, effects in {
		"git.protected_branch_push": [did("write", "one", [{"type": "remote", "name": "main"}])],
		"egress.internal_host": [did("read", "one", [{"type": "internal_host", "name": "localhost"}])],
		"baseline.tunnel": [did("network", "one", [{"type": "port", "name": "8080:80"}])],
		"baseline.read_as_other": [did("identity_change", "one", [{"type": "user", "name": "root"}]), did("read", "one", [])],
	}
	careful := countersign.decision with input as asked_as("shell", effects) with data.baseline.profile as "strict"
	careful.verdict == "require_approval"
	name in rules(careful)
	everyday := countersign.decision with input as asked_as("shell", effects)
	everyday.verdict == "allow"
}

test_effects_that_are_fine_alone_are_judged_together[name] if {
	some name, effects in {
		"egress.downloaded_code": [
			did("read", "bounded", [{"type": "host", "name": "x.example"}]),
			did("code_execution", "unknown", []),
		],
		"egress.secret_leaves": [
			did("secret_read", "one", [{"type": "file", "name": "/root/.ssh/id_rsa"}]),
			did("write", "one", [{"type": "url", "name": "https://x.example/"}]),
		],
	}
	together := countersign.decision with input as asked_as("shell", effects)
	together.verdict == "deny"
	name in rules(together)
	every effect in effects {
		alone := countersign.decision with input as asked_as("shell", [effect])
		not name in rules(alone)
	}
}

test_a_registry_can_be_vouched_for[name] if {
	some name, verdict in {"acme.example/shop:1": "allow", "acme.example:5000/shop": "allow", "shop:1": "require_approval"}
	decision := countersign.decision with input as asked_as("shell", [did("export", "one", [{"type": "image", "name": name}])])
		with data.cloud.registries as {"acme.example": true}
	decision.verdict == verdict
	same("baseline.registry_push" in rules(decision), verdict != "allow")
}

test_an_override_goes_by_id_and_in_the_baseline_by_code_too[name] if {
	some name, verdict in {
		"owner_missing": "require_approval",
		"identity.owner_missing": "require_approval",
		"someone_else": "deny",
	}
	stray := object.union(production("read", "one"), {"subject": {"type": "agent", "id": "agent:stray", "owner": ""}})
	decision := countersign.decision with input as stray with data.baseline.overrides as {name: {"protected": "require_approval"}}
	decision.verdict == verdict
}

test_an_override_by_the_code_alone_does_not_reach_into_other_packs if {
	tagged := asked_as("shell", [did("delete", "one", [{"type": "tag", "name": "v1"}])])
	by_code := countersign.decision with input as tagged with data.baseline.overrides as {"tag_rewrite": {"protected": "deny"}}
	by_code.verdict == "require_approval"
	by_id := countersign.decision with input as tagged with data.baseline.overrides as {"git.tag_rewrite": {"protected": "deny"}}
	by_id.verdict == "deny"
}
