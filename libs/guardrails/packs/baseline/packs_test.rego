# What holds for every row of every pack.
package countersign_test

import data.countersign

test_every_row_leads_to_a_rule if {
	every kinds in data.rows {
		every rows in kinds {
			every id, _ in rows {
				[pack, name] := split(id, ".")
				countersign.pack_rule(pack, name).id == id
			}
		}
	}
}

test_a_pack_without_its_data_stops_by_its_rows if {
	decision := countersign.decision with input as asked_as("shell", [did("delete", "one", [{"type": "tag", "name": "v1"}])])
		with data.git as null
	decision.verdict == "deny"
	rules(decision) == {"baseline.unnamed"}
}

test_an_effect_with_many_targets_is_told_once if {
	targets := [{"type": "host", "name": "169.254.169.254"} | some _ in numbers.range(1, 60)]
	decision := countersign.decision with input as asked_as("shell", [did("read", "bounded", targets)])
	decision.verdict == "deny"
	count(decision.reasons) == 1
}

test_the_last_of_many_effects_falls_under_rows_too if {
	reads := [did("read", "one", []) | some _ in numbers.range(1, 60)]
	last := [did("read", "one", [{"type": "host", "name": "169.254.169.254"}])]
	decision := countersign.decision with input as asked_as("shell", array.concat(reads, last))
	decision.verdict == "deny"
	not decision.reasons[0].effect
}

test_names_are_spelt[how] if {
	some how, row in {
		"table": ["Shop.Public.T", ["shop.public.t", "t", "public.t"]],
		"dots": ["a.B", ["a", "b"]],
		"path": ["/a/b/c", ["/a/b/c", "/", "/a/", "/a/b/"]],
		"branch": ["+refs/heads/release/2", ["release/2", "release/"]],
		"parts": ["ns/Kube-System:x", ["ns", "kube-system", "x"]],
		"domain": ["https://u:p@a.B.example:8443/x?y#z", ["a.b.example", "*.b.example", "*.example"]],
		"first": ["node/w1", ["node/w1", "node"]],
		"last": ["arn:x/Admin", ["arn:x/admin", "admin"]],
		"word": ["Main", ["main"]],
	}
	countersign.spelt(row[0], how) == row[1]
}

test_hosts_are_read_from_urls[name] if {
	some name, host in {
		"host": "host",
		"host:80": "host",
		"[::1]:80": "::1",
		"fe80::1": "fe80::1",
		"http://evil.example@169.254.169.254/": "169.254.169.254",
		"http://169.254.169.254?x=http://b/": "169.254.169.254",
		"http://169.254.169.254#@b": "169.254.169.254",
	}
	countersign.host_of(name) == host
}
