# Baseline guardrails. What each effect means comes from tables in data.json, by object lookups only: the cost does not grow
# with the number of rules. Which rule an effect falls under: `kinds`. What the rule says: `rules`. Change the tables, not this
# file.
package countersign

# What no rule minds.
everyday := "everyday"

# Effects that get a reason of their own. Of those behind them each rule is told once, without an effect: a script of a thousand
# statements must not become a thousand sentences.
told_apart := 50

findings contains finding if {
	some index, effect in input.effects
	index < told_apart
	name := rule_of(effect)
	name != everyday
	finding := found_at(index, name)
}

findings contains finding if {
	some index, effect in input.effects
	index < told_apart
	name := data.baseline.sensitive[effect.kind][scope_of(effect)]
	is_sensitive(effect)
	finding := found_at(index, name)
}

findings contains finding if {
	some name in general_rules
	verdict := verdict_in_force(name)
	verdict != "allow"
	said := words(name)
	finding := {"rule": said.id, "code": said.code, "message": said.message, "severity": said.severity, "verdict": verdict}
}

general_rules contains name if {
	input.effects[told_apart]
	some index, effect in input.effects
	index >= told_apart
	name := rule_of(effect)
	name != everyday
}

general_rules contains name if {
	input.effects[told_apart]
	some index, effect in input.effects
	index >= told_apart
	name := data.baseline.sensitive[effect.kind][scope_of(effect)]
	is_sensitive(effect)
}

general_rules contains "no_effects" if not input.effects[0]

general_rules contains "owner_missing" if {
	input.subject.type == "agent"
	object.get(input.subject, "owner", "") == ""
}

general_rules contains "subject_unknown" if not data.baseline.subject_types[input.subject.type]

general_rules contains "profile_unknown" if not profile

# The first table that knows the effect decides; what no table knows is a rule of its own.
rule_of(effect) := name if {
	effect.reversible == "yes"
	name := data.baseline.recoverable[effect.kind]
} else := name if {
	name := data.baseline.action_kinds[input.action.kind][effect.kind]
} else := name if {
	name := data.baseline.kinds[effect.kind][scope_of(effect)]
} else := "unknown_effect"

scope_of(effect) := effect.scope if {
	data.baseline.scopes[effect.scope]
} else := "unknown"

# Your own `overrides` go before the shipped table; a verdict that neither holds is a deny.
verdict_in_force(name) := verdict if {
	verdict := data.baseline.overrides[name][environment]
} else := verdict if {
	verdict := data.baseline.rules[name].verdicts[profile.table][environment]
} else := "deny"

# An environment that is not stated, or that nobody has put into the table, is guarded like production.
environment := class if {
	class := data.baseline.environments[lower(input.resource.environment)]
} else := "protected"

is_sensitive(_) if labelled

is_sensitive(effect) if {
	data.baseline.tables != {}
	some target in effect.targets
	some name in spellings(target.name)
	some label in data.baseline.tables[name]
	data.baseline.sensitive_labels[lower(label)]
}

labelled if {
	some label in input.resource.labels
	data.baseline.sensitive_labels[lower(label)]
}

# "shop.public.customers", "public.customers" and "customers" may all be the same table: better to ask once too often.
spellings(name) := [parts[0], concat(".", ["public", parts[0]])] if {
	parts := split(lower(name), ".")
	count(parts) == 1
} else := [lower(name), table, concat(".", [schema, table])] if {
	parts := split(lower(name), ".")
	table := parts[count(parts) - 1]
	schema := parts[count(parts) - 2]
}

# Undefined where the verdict in force is to allow.
found_at(index, name) := {
	"rule": said.id,
	"code": said.code,
	"message": said.message,
	"severity": said.severity,
	"verdict": verdict,
	"effect": index,
} if {
	verdict := verdict_in_force(name)
	verdict != "allow"
	said := words(name)
}

# A rule whose words got lost in an override still stops what it stops.
words(name) := {
	"id": rule.id,
	"code": name,
	"message": concat(" ", [rule.message, rule.remedy]),
	"severity": rule.severity,
} if {
	rule := data.baseline.rules[name]
} else := {
	"id": "baseline.unnamed",
	"code": "unnamed",
	"message": "A rule of the baseline pack stops this, but its data does not say which.",
	"severity": "high",
}
