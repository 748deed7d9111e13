# The rules of the pack "kubernetes": where each stops, and what is close to it and passes.
package countersign_test

import data.countersign

kubernetes_rows := {
	"kubernetes.system_namespace": {
		"kind": "kubernetes",
		"stops": did("infra_destroy", "one", [{"type": "pod", "name": "coredns"}, {"type": "namespace", "name": "kube-system"}]),
		"passes": did("infra_destroy", "one", [{"type": "pod", "name": "web"}, {"type": "namespace", "name": "shop"}]),
		"verdict": "deny",
	},
	"kubernetes.cluster_admin": {
		"kind": "kubernetes",
		"stops": did("privilege_change", "one", [{"type": "group", "name": "system:masters"}]),
		"passes": did("privilege_change", "one", [{"type": "group", "name": "developers"}]),
		"verdict": "deny",
	},
	"kubernetes.structure_destroy": {
		"kind": "shell",
		"stops": did("infra_destroy", "one", [{"type": "kubernetes", "name": "pv/data-1"}]),
		"passes": did("infra_destroy", "one", [{"type": "kubernetes", "name": "job/data-1"}]),
		"verdict": "deny",
	},
}

test_kubernetes_stops[id] if {
	some id, row in kubernetes_rows
	decision := countersign.decision with input as asked_by_row(row, "stops")
	decision.verdict == row.verdict
	id in rules(decision)
}

test_kubernetes_lets_pass[id] if {
	some id, row in kubernetes_rows
	decision := countersign.decision with input as asked_by_row(row, "passes")
	not id in rules(decision)
}
