# The pack "mcp": calls of tools. Its rules are rows of data.json; here is what the operator says of a tool, or of a whole server, by name.
package countersign

findings contains at(said, index) if {
	data.mcp.tools != {}
	some index, effect in input.effects
	some target in effect.targets
	target.type == "tool"
	some name in above(target.name)
	said := told_as(data.mcp, "tool_ruled_on", data.mcp.tools[name])
}
