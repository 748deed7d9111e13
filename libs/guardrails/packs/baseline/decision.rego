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
	not enforced
} else := "allow" if {
	worst == "require_approval"
	approved
} else := worst

worst := "deny" if {
	some finding in findings
	verdict_of(finding) == "deny"
} else := "require_approval" if {
	some finding in findings
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

reasons := [data.baseline.everyday] if {
	count(findings) == 0
} else := [observed(finding) |
	some finding in findings
] if {
	not enforced
} else := array.concat(ranked, [data.baseline.approved]) if {
	worst == "require_approval"
	approved
} else := ranked

# The reasons that decided come first.
ranked := [finding |
	some rank in ["deny", "require_approval", "allow"]
	some finding in findings
	verdict_of(finding) == rank
]

observed(finding) := object.union(finding, {
	"code": concat("", ["observed_", finding.code]),
	"severity": "info",
})

obligations contains obligation if {
	some obligation in data.baseline.obligations[verdict]
}
