# The pack "intent": what was declared against what would be done. The comparison itself is a fact of the input.
package countersign

findings contains told("intent", name) if {
	input.intent.mismatch == true
	some kind in input.intent.undeclared
	name := data.intent.undeclared[input.intent.by][kind]
}

findings contains told("intent", "purpose_missing") if {
	input.intent == null
	data.intent.purpose_required[environment] == true
}
