# The pack "egress": where data and connections may go. Its rules are rows of data.json; here is what a listed host is.
package countersign

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
