# The packs beside the baseline are tables: `rows` of data.json, type of target → kind of effect → rule, with the conditions under which
# the rule holds. One look-up a target finds all rows of all packs, so that a thousand rules cost what ten do.
package countersign

findings contains finding if {
	some index, effect in input.effects
	some target in effect.targets
	some id, row in data.rows[target.type][effect.kind]
	holds(row, effect, target)
	some rule in rules_of(id, row, target)
	finding := at(told_by(rule), index)
}

# Rows for all types, and for effects without a target.
findings contains finding if {
	some index, effect in input.effects
	rows := data.rows["*"][effect.kind]
	some target in targets_of(effect)
	some id, row in rows
	holds(row, effect, target)
	some rule in rules_of(id, row, target)
	finding := at(told_by(rule), index)
}

targets_of(effect) := effect.targets if {
	effect.targets[0]
} else := [{"type": "", "name": ""}]

told_by(id) := told(pack, name) if [pack, name] := split(id, ".")

# Every condition that a row has must hold, beside its list; `false` in place of a row switches it off.
holds(row, effect, target) if {
	is_object(row)
	in_actions(row)
	not_vouched(row, effect, target)
	not_impersonal(row, effect)
}

in_actions(row) if not row.actions

in_actions(row) if row.actions[input.action.kind]

# Without a list the row's own rule; otherwise where the target's name, or its type, is on the list of the pack: `true` is the row's
# own rule, a text is the name of another one of the pack, so that one row leads to a thousand rules.
rules_of(id, row, _) := {id} if not row.names

rules_of(id, row, target) := {rule |
	pack := split(id, ".")[0]
	some name in spelt_by(target, row.spelt)
	rule := listed_as(id, pack, list_entry(pack, row.names, name))
} if {
	row.names
}

listed_as(id, _, true) := id

listed_as(_, pack, name) := concat(".", [pack, name]) if is_string(name)

spelt_by(target, "type") := [lower(target.type)]

spelt_by(target, how) := spelt(target.name, how) if how != "type"

# The host is not one that `egress.hosts` lists for this use.
not_vouched(row, _, _) if not row.unlisted_for

not_vouched(row, _, target) if {
	row.unlisted_for
	not host_listed(target, row.unlisted_for)
}

not_impersonal(row, _) if not row.personal

not_impersonal(row, effect) if {
	row.personal
	is_personal(effect)
}
