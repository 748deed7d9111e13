# Baseline guardrails. What each effect means comes from tables in data.json, by object lookups only: the cost does not grow
# with the number of rules. Which rule an effect falls under: `kinds`. What the rule says: `rules`. Change the tables, not this
# file.
package countersign

# What no rule minds.
everyday := "everyday"

findings contains finding if {
	some index, effect in input.effects
	general := rule_of(effect)
	general != everyday
	name := closer(effect, general)
	name != everyday
	finding := found("baseline", name, index)
}

findings contains finding if {
	some index, effect in input.effects
	name := data.baseline.sensitive[effect.kind][scope_of(effect)]
	is_sensitive(effect)
	finding := found("baseline", name, index)
}

findings contains finding if {
	some name in general_rules
	finding := told("baseline", name)
}

# A target of your own that is to be guarded whatever is done to it.
findings contains finding if {
	data.baseline.protected != {}
	some index, effect in input.effects
	some target in effect.targets
	not data.baseline.harmless[effect.kind]
	some type in {target.type, object.get(data.baseline.alike, target.type, target.type)}
	guarded := data.baseline.protected[type]
	some name in candidates(target)
	verdict := verdict_on(guarded[name], effect.kind)
	said := told_as("baseline", "protected_target", verdict)
	finding := at(said, index)
}

general_rules contains "no_effects" if not input.effects[0]

general_rules contains "owner_missing" if {
	input.subject.type == "agent"
	object.get(input.subject, "owner", "") == ""
}

general_rules contains "subject_unknown" if not data.baseline.subject_types[input.subject.type]

general_rules contains "profile_unknown" if not profile

general_rules contains "model_not_listed" if {
	data.baseline.models != {}
	not model_listed
}

model_listed if data.baseline.models[lower(input.model.provider)][lower(input.model.model)] == true

model_listed if data.baseline.models[lower(input.model.provider)]["*"] == true

# The first table that knows the effect decides; what no table knows is a rule of its own.
rule_of(effect) := name if {
	effect.reversible == "yes"
	name := data.baseline.recoverable[effect.kind]
} else := name if {
	name := data.baseline.action_kinds[input.action.kind][effect.kind]
} else := name if {
	name := data.baseline.kinds[effect.kind][scope_of(effect)]
} else := "unknown_effect"

# What the operator vouches for is everyday; for some types of targets there is a rule that fits better.
closer(effect, general) := everyday if {
	data.baseline.vouched[general]
	vouched_for(effect)
} else := name if {
	name := data.baseline.by_target[general][only_type(effect)]
} else := "read_as_other" if {
	general == "identity_change"
	data.baseline.borrowers[input.action.kind]
	only_reads
} else := general

# Beside the change of identity there is something, and nothing of it is more than reading.
only_reads if {
	count(kinds_of_effects) > 1
	every kind in kinds_of_effects {
		data.baseline.reading[kind]
	}
}

kinds_of_effects := {effect.kind | some effect in input.effects}

# The type that all targets of an effect have.
only_type(effect) := type if {
	type := effect.targets[0].type
	every target in effect.targets {
		target.type == type
	}
}

scope_of(effect) := effect.scope if {
	data.baseline.scopes[effect.scope]
} else := "unknown"

# Connections to hosts, copies into stores, and code, that the operator has put on a list.
vouched_for(effect) if {
	data.baseline.vouched[effect.kind] == "hosts"
	all_hosts_listed(effect)
}

vouched_for(effect) if {
	effect.kind == "export"
	effect.targets[0]
	every target in effect.targets {
		some place in above(target.name)
		data.cloud.stores[place] == true
	}
}

vouched_for(effect) if {
	effect.kind == "export"
	effect.targets[0]
	every target in effect.targets {
		target.type == "image"
		some name in spelt(target.name, "domain")
		data.cloud.registries[name] == true
	}
}

vouched_for(effect) if {
	effect.kind == "code_execution"
	effect.targets[0]
	every target in effect.targets {
		data.baseline.trusted_code[target.type][target.name] == true
	}
}

# Your own `overrides` go before the shipped table, by the rule's id or, for the baseline, by its code; a verdict that neither holds
# is a deny.
verdict_in_force(rule, name) := verdict if {
	verdict := data.baseline.overrides[rule.id][environment]
} else := verdict if {
	verdict := data.baseline.overrides[name][environment]
	data.baseline.rules[name].id == rule.id
} else := verdict if {
	verdict := rule.verdicts[profile.table][environment]
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

# Undefined where the verdict in force is to allow.
told(pack, name) := told_as(pack, name, verdict_of_rule(pack_rule(pack, name), name))

verdict_of_rule(rule, name) := verdict_in_force(rule, name) if {
	rule.id
} else := "deny"

told_as(pack, name, verdict) := {
	"rule": said.id,
	"code": said.code,
	"message": said.message,
	"severity": said.severity,
	"verdict": verdict,
} if {
	verdict != "allow"
	said := words(pack_rule(pack, name), name)
}

found(pack, name, index) := at(told(pack, name), index)

# Effects that get a reason of their own. Of those behind them each rule is told once, without an effect: a script of a thousand
# statements must not become a thousand sentences.
told_apart := 50

at(finding, index) := object.union(finding, {"effect": index}) if {
	index < told_apart
} else := finding

# A rule whose words got lost in an override still stops what it stops.
words(rule, name) := {
	"id": rule.id,
	"code": name,
	"message": concat(" ", [rule.message, rule.remedy]),
	"severity": rule.severity,
} if {
	rule.id
} else := {
	"id": "baseline.unnamed",
	"code": "unnamed",
	"message": "A rule of the shipped packs stops this, but its data does not say which.",
	"severity": "high",
}
