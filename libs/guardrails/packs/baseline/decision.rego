# The decision: folds the findings of every pack, and of every rule of your own, into one answer. A rule contributes with
# `findings contains {"rule": …, "code": …, "message": …, "severity": …, "verdict": …, "effect": …} if …` in this package.
package countersign

# METADATA
# entrypoint: true
# description: deny beats require_approval beats allow; what is not one of the three is a deny.
decision := {
	"verdict": verdict,
	"reasons": reasons,
	"obligations": obligations,
	"approval": requirement,
} if {
	verdict == "require_approval"
} else := {
	"verdict": verdict,
	"reasons": reasons,
	"obligations": obligations,
}

verdict := "allow" if {
	count(findings) == 0
} else := "allow" if {
	not enforced
} else := "allow" if {
	worst == "require_approval"
	approved
} else := worst

worst := "deny" if {
	some finding in counted
	verdict_of(finding) == "deny"
} else := "require_approval" if {
	some finding in counted
	verdict_of(finding) == "require_approval"
} else := "allow"

# A finding that misspells its verdict must not pass as an allow.
verdict_of(finding) := finding.verdict if {
	data.baseline.verdicts[finding.verdict]
} else := "deny"

# An approval never lifts a deny; the service has already proven that it is for this very action and policy.
approved if input.approval.status == "valid"

# Only a profile that says so lets everything through.
enforced if not profile.enforce == false

profile := data.baseline.profiles[data.baseline.profile]

requirement := data.baseline.approval

# Shadow mode: what a rule or a whole pack that is on trial would have said is told, and does not count.
counted := findings if {
	not tries
} else := {finding |
	some finding in findings
	not on_trial(finding.rule)
}

tries if count(data.shadow.rules) + count(data.shadow.packs) > 0

on_trial(rule) if data.shadow.rules[rule] == true

on_trial(rule) if {
	data.shadow.packs[split(rule, ".")[0]] == true
	not data.shadow.rules[rule] == false
}

reasons := [data.baseline.everyday] if {
	count(findings) == 0
} else := array.concat([observed(finding) | some finding in counted], trials) if {
	not enforced
} else := array.concat(array.concat(ranked, [data.baseline.approved]), trials) if {
	worst == "require_approval"
	approved
} else := array.concat(ranked, trials) if {
	count(counted) > 0
} else := array.concat([data.baseline.everyday], trials)

# The reasons that decided come first.
ranked := [finding |
	some rank in ["deny", "require_approval", "allow"]
	some finding in counted
	verdict_of(finding) == rank
]

trials := [shadowed(finding) | some finding in (findings - counted)]

observed(finding) := object.union(finding, {
	"code": concat("", ["observed_", finding.code]),
	"severity": "info",
})

shadowed(finding) := object.union(finding, {
	"code": concat("", ["shadow_", finding.code]),
	"severity": "info",
	"message": concat(" ", [data.baseline.would[verdict_of(finding)], finding.message]),
})

obligations contains obligation if {
	some obligation in data.baseline.obligations[verdict]
}
