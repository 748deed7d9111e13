# How the name of a target is looked up in a list of the data: a fixed number of spellings, never a pattern, so that a list of
# thousands costs what a list of one does. A list entry that is false switches a shipped one off.
package countersign

# "shop.public.customers", "public.customers" and "customers" may all be the same table: better to ask once too often.
spellings(name) := [parts[0], concat(".", ["public", parts[0]])] if {
	parts := split(lower(name), ".")
	count(parts) == 1
} else := [lower(name), table, concat(".", [schema, table])] if {
	parts := split(lower(name), ".")
	table := parts[count(parts) - 1]
	schema := parts[count(parts) - 2]
}

# By the type of the target, as `baseline.spelt` says.
candidates(target) := spelt(target.name, data.baseline.spelt[target.type]) if {
	data.baseline.spelt[target.type]
} else := spellings(target.name)

# "table": with and without schema. "dots": each part between dots. "path": itself and each folder above it, ending in "/". "branch": the
# same behind refs/heads/ and the remote's name. "parts": each part between slashes and colons. "domain": itself and "*." before each
# domain above it, of a host, a host with port or a URL. "first" and "last": the part before the first and behind the last slash, and
# the whole. "word": as it is written, in lower case.
spelt(name, "table") := spellings(name)

spelt(name, "dots") := split(lower(name), ".")

spelt(name, "path") := above(name)

spelt(name, "branch") := above(trim_prefix(trim_prefix(trim_prefix(lower(name), "+"), "refs/heads/"), "origin/"))

spelt(name, "parts") := split(replace(lower(name), ":", "/"), "/")

spelt(name, "domain") := domains(host_of(lower(name)))

spelt(name, "first") := [lower(name), split(lower(name), "/")[0]]

spelt(name, "last") := [lower(name), parts[count(parts) - 1]] if parts := split(lower(name), "/")

spelt(name, "word") := [lower(name)]

# Deep enough for real paths; what lies deeper is still found by the folders above.
deepest := 16

above(name) := array.concat([name], [concat("", [concat("/", array.slice(parts, 0, i)), "/"]) |
	some i in numbers.range(1, min([count(parts) - 1, deepest]))
	count(parts) > 1
]) if {
	parts := split(name, "/")
}

domains(host) := array.concat([host], [concat(".", array.concat(["*"], array.slice(parts, i, count(parts)))) |
	some i in numbers.range(1, min([count(parts) - 1, deepest]))
	count(parts) > 1
]) if {
	parts := split(host, ".")
}

# "https://user@host:443/path" and "host:443" name the same host; an IPv6 address keeps its colons.
host_of(name) := without_port(authority) if {
	rest := split(name, "://")
	after := rest[min([count(rest) - 1, 1])]
	userinfo := split(split(split(split(after, "/")[0], "?")[0], "#")[0], "@")
	authority := userinfo[count(userinfo) - 1]
}

without_port(authority) := split(split(authority, "]")[0], "[")[1] if {
	startswith(authority, "[")
} else := parts[0] if {
	parts := split(authority, ":")
	count(parts) == 2
} else := authority

# What the data says of a listed name: one verdict for every effect, or one by kind with "*" for the rest.
verdict_on(entry, _) := entry if is_string(entry)

verdict_on(entry, kind) := object.get(entry, kind, object.get(entry, "*", "allow")) if is_object(entry)
