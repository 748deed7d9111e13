# The pack "egress": where data and connections may go. Its rules are rows of data.json; here is what a listed
# host is, and what takes more than one effect to see.
package countersign

# "curl … | sh": code that nothing in the action names, beside a host that is on no list.
findings contains found("egress", "downloaded_code", index) if {
	some index, effect in input.effects
	effect.kind == "code_execution"
	not names_code(effect)
	fetches
}

# Asked once, however many effects there are.
fetches if {
	some other in input.effects
	data.egress.fetching[other.kind]
	some target in other.targets
	data.egress.types[target.type]
	not host_listed(target, "code_execution")
}

names_code(effect) if {
	some target in effect.targets
	not data.egress.types[target.type]
}

findings contains found("egress", "secret_leaves", index) if {
	some index, effect in input.effects
	takes_out(effect)
	"secret_read" in kinds_of_effects
}

takes_out(effect) if effect.kind == "export"

takes_out(effect) if {
	effect.kind == "write"
	some target in effect.targets
	data.egress.types[target.type]
	not host_listed(target, "write")
}

all_hosts_listed(effect) if {
	hosts := [target | some target in effect.targets; data.egress.types[target.type]]
	hosts[0]
	every target in hosts {
		host_listed(target, effect.kind)
	}
}

# `true` is every use; an object names the uses.
host_listed(target, use) if {
	some name in spelt(target.name, "domain")
	host_use(data.egress.hosts[name], use)
}

host_use(true, _)

host_use(entry, use) if entry[use] == true
