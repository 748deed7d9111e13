# What the tests of all packs share.
package countersign_test

# An owned agent that asks for one effect in SQL.
asked(effect, environment, labels) := {
	"subject": {"type": "agent", "id": "agent:helper", "owner": "person:ana", "attributes": {}},
	"action": {"kind": "sql"},
	"effects": [effect],
	"resource": {"type": "database", "id": "shop", "environment": environment, "labels": labels},
	"approval": null,
}

effect(kind, scope) := {"kind": kind, "scope": scope, "reversible": "no", "targets": [{"type": "table", "name": "customers"}]}

production(kind, scope) := asked(effect(kind, scope), "production", [])

rules(decision) := {reason.rule | some reason in decision.reasons}

told(name, decision) if concat(".", ["baseline", name]) in rules(decision)

else := false

# Not `told(…) == (… != …)`: opa fmt takes the parentheses away, and then it compares something else.
same(one, other) if one == other

did(kind, scope, targets) := {"kind": kind, "scope": scope, "reversible": "unknown", "targets": targets}

asked_as(kind, effects) := {
	"subject": {"type": "agent", "id": "agent:helper", "owner": "person:ana", "attributes": {}},
	"action": {"kind": kind},
	"effects": effects,
	"resource": {"type": "", "id": "", "environment": "production", "labels": []},
	"intent": null,
	"session": {"id": ""},
	"model": {"provider": "", "model": ""},
	"approval": null,
}

asked_by_row(row, which) := object.union(
	asked_as(row.kind, [row[which]]),
	object.get(row, concat("_", [which, "with"]), {}),
)
