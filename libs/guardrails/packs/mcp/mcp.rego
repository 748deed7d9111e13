# The pack "mcp": calls of tools. Its rules are rows of data.json; here is what the operator says of a tool, or of its server, by name.
package countersign

findings contains at(said, index) if {
	data.mcp.tools != {}
	some index, effect in input.effects
	some target in effect.targets
	target.type == "tool"
	said := told_as(data.mcp, "tool_ruled_on", ruling(target.name))
}

ruling(tool) := data.mcp.tools[tool] if {
	data.mcp.tools[tool]
} else := data.mcp.tools[concat("", [split(tool, "/")[0], "/"])]
