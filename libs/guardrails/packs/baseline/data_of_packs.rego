# Where the data of each pack is: one look-up at a time, so that no engine has to hand whole packs around.
package countersign

# A rule that is not there is an empty one, which denies.
pack_rule(pack, name) := rule if {
	rule := rule_in_data(pack, name)
} else := {}

rule_in_data("baseline", name) := data.baseline.rules[name]

rule_in_data("cloud", name) := data.cloud.rules[name]

rule_in_data("egress", name) := data.egress.rules[name]

rule_in_data("git", name) := data.git.rules[name]

rule_in_data("intent", name) := data.intent.rules[name]

rule_in_data("kubernetes", name) := data.kubernetes.rules[name]

rule_in_data("mcp", name) := data.mcp.rules[name]

rule_in_data("own", name) := data.own.rules[name]

rule_in_data("pii", name) := data.pii.rules[name]

rule_in_data("postgres", name) := data.postgres.rules[name]

rule_in_data("session", name) := data.session.rules[name]

list_entry("cloud", list, name) := data.cloud[list][name]

list_entry("egress", list, name) := data.egress[list][name]

list_entry("git", list, name) := data.git[list][name]

list_entry("kubernetes", list, name) := data.kubernetes[list][name]

list_entry("mcp", list, name) := data.mcp[list][name]

list_entry("own", list, name) := data.own[list][name]

list_entry("pii", list, name) := data.pii[list][name]

list_entry("postgres", list, name) := data.postgres[list][name]
