# The pack "mcp": calls of tools. Its rules are rows of data.json; here is what the operator says of a tool, or of its server, by name:
# the name that the request gives, and the names of tools that nobody can vouch for.
package countersign

findings contains finding if {
	data.mcp.tools != {}
	data.mcp.calls[input.action.kind]
	finding := told_as("mcp", "tool_ruled_on", ruling(input.action.name))
}

findings contains at(said, index) if {
	data.mcp.tools != {}
	some index, effect in input.effects
	some target in effect.targets
	target.type == "tool"
	said := told_as("mcp", "tool_ruled_on", ruling(target.name))
}

ruling(tool) := data.mcp.tools[tool] if {
	data.mcp.tools[tool]
} else := data.mcp.tools[concat("", [split(tool, "/")[0], "/"])]
