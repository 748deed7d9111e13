# The pack "intent": what was declared against what would be done. The comparison itself is a fact of the input.
package countersign

findings contains told("intent", name) if {
	input.intent.mismatch == true
	says_enough
	some kind in input.intent.undeclared
	name := data.intent.undeclared[input.intent.by][kind]
}

# A plan is exact. Of free text only the clearest case counts: it speaks of looking, and something else would be done.
says_enough if input.intent.by == "plan"

says_enough if {
	input.intent.by == "purpose"
	every kind in input.intent.declared {
		data.intent.modest[kind]
	}
}

findings contains told("intent", "purpose_missing") if {
	input.intent == null
	data.intent.purpose_required[environment] == true
}
