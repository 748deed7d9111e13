# The pack "pii": what may be done with personal, health and card data. Which labels mean it: data.json.
package countersign

findings contains found("pii", name, index) if {
	some index, effect in input.effects
	name := data.pii.kinds[effect.kind][scope_of(effect)]
	is_personal(effect)
}

# Only some models may see personal data, where the operator says so.
findings contains told("pii", "model_not_cleared") if {
	data.pii.models != {}
	personal_label
	not model_cleared
}

model_cleared if data.pii.models[lower(input.model.provider)][lower(input.model.model)] == true

model_cleared if data.pii.models[lower(input.model.provider)]["*"] == true

is_personal(_) if personal_label

is_personal(effect) if {
	data.baseline.tables != {}
	some target in effect.targets
	some name in spellings(target.name)
	some label in data.baseline.tables[name]
	data.pii.labels[lower(label)]
}

personal_label if {
	some label in input.resource.labels
	data.pii.labels[lower(label)]
}
