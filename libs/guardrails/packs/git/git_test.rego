# The rules of the pack "git": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

git_rows := {
	"git.protected_branch_rewrite": {
		"kind": "shell",
		"stops": did("history_rewrite", "one", [{"type": "branch", "name": "main"}]),
		"passes": did("history_rewrite", "one", [{"type": "branch", "name": "mainframe"}]),
		"verdict": "deny",
	},
	"git.protected_branch_delete": {
		"kind": "shell",
		"stops": did("delete", "one", [{"type": "branch", "name": "hotfix/7"}]),
		"passes": did("delete", "one", [{"type": "branch", "name": "feature/7"}]),
		"verdict": "deny",
	},
	"git.tag_rewrite": {
		"kind": "shell",
		"stops": did("history_rewrite", "one", [{"type": "tag", "name": "v2"}]),
		"passes": did("history_rewrite", "one", [{"type": "branch", "name": "v2"}]),
		"verdict": "require_approval",
	},
	"git.repository_destroy": {
		"kind": "http",
		"stops": did("delete", "one", [{"type": "repository", "name": "acme/shop"}]),
		"passes": did("delete", "one", [{"type": "issue", "name": "7"}]),
		"verdict": "deny",
	},
}

test_git_stops[id] if {
	some id, row in git_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_git_lets_pass[id] if {
	some id, row in git_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
