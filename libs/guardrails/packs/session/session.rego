# The pack "session": what came before, in this session, of this agent and of all agents of its owner. Absent memory says nothing.
# `agent` and `owner` cannot be talked away by a new session id. Windows, counters and labels: docs of input.session.
package countersign

# Too many denials in a short time: whoever is guessing is stopped for everything until the window has passed.
findings contains told("session", "locked_out") if {
	input.session.agent
	some who, windows in data.session.lockout[profile.table]
	some window, most in windows
	input.session[who][window].deny >= most
}

findings contains told("session", "over_budget") if {
	some effect in input.effects
	some who, windows in data.session.budgets[effect.kind]
	some window, counters in windows
	some counter, most in counters
	input.session[who][window][counter] >= most
}

findings contains found("session", name, index) if {
	some index, effect in input.effects
	rules := data.session.leaving[effect.kind]
	some thing in in_hand
	name := rules[thing]
	leaves(effect)
}

# Out of reach of the lists of hosts and stores that the operator vouches for. A write leaves where its target is a host.
leaves(effect) if {
	effect.kind != "write"
	not vouched_for(effect)
}

leaves(effect) if {
	effect.kind == "write"
	some target in effect.targets
	data.egress.types[target.type]
	not host_listed(target, "write")
}

# What the owner's agents have read a moment ago.
in_hand contains "sensitive" if {
	some label, kinds in input.session.owner.labels
	data.baseline.sensitive_labels[lower(label)]
	some kind in ["read", "secret_read"]
	kinds[kind] <= data.session.fresh_s
}

in_hand contains "sensitive" if {
	data.baseline.tables != {}
	some table, ago in input.session.owner.tables
	ago <= data.session.fresh_s
	some name in spellings(table)
	some label in data.baseline.tables[name]
	data.baseline.sensitive_labels[lower(label)]
}

in_hand contains "secret" if input.session.owner.last.secret_read <= data.session.fresh_s
