# The pack "postgres": its rules are rows of data.json; here is the one that asks for the session.
package countersign

findings contains found("postgres", "foreign_rollback", index) if {
	input.session.id == ""
	some index, effect in input.effects
	effect.kind == "session"
	effect.scope == "unknown"
	effect.reversible == "no"
}
