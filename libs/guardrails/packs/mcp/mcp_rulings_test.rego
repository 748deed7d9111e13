# What the operator says of tools by name goes from the tool to its server.
package countersign_test

import data.countersign

rulings := {"crm/delete_all": "deny", "crm/": "require_approval", "crm/find": "allow"}

test_a_ruling_on_the_tool_goes_before_its_server[tool] if {
	some tool, verdict in {"crm/delete_all": "deny", "crm/sync": "require_approval", "crm/find": "allow", "wiki/sync": "allow"}
	effects := [did("write", "one", [{"type": "tool", "name": tool}])]
	decision := countersign.decision with input as asked_as("mcp_tool", effects) with data.mcp.tools as rulings
	decision.verdict == verdict
	told_on_tool := {reason | some reason in decision.reasons; reason.code == "tool_ruled_on"}
	count(told_on_tool) == count({true | verdict != "allow"})
}

test_a_tool_is_ruled_on_by_the_name_of_the_request_too[tool] if {
	some tool, verdict in {"crm/delete_all": "deny", "crm/find": "allow"}
	named := object.union(asked_as("mcp_tool", [did("write", "one", [])]), {"action": {"kind": "mcp_tool", "name": tool}})
	decision := countersign.decision with input as named with data.mcp.tools as rulings
	decision.verdict == verdict
}
