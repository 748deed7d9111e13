/**
 * Functions that readers may not call. Grants do not cover ordinary functions, and `readonly=1` lets some of them reach files, models
 * and other tenants' data. Audited against `system.functions` and `system.table_functions` of the pinned engine; a spec holds the
 * digest of those lists, so an upgrade that brings new functions fails until they have been looked at.
 */

/** Not even as a bare name: the engine takes names of functions as arguments, `arrayMap(file, …)`, `APPLY(file)`. */
const CLOSED: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^file$/, 'reads files'],
  [/^eval$/, 'runs text that nobody has read'],
  [/^(catboostevaluate|evalmlmethod|naivebayesclassifier.*)$/, 'loads a model from a file'],
  [/^ai(classify|embed|extract|generate|translate)/, 'calls another machine'],
  [/^__/, 'is internal'],
  [/^(joinget|dictget|dicthas$|dictisin$|regionto|regionin$|regionhierarchy$)/, 'reads past the rows of a tenant'],
  [/^timeseriesstoretags$/, 'keeps state between queries'],
  [
    /^(getsetting|getsettingordefault|getserversetting|getmergetreesetting|getmacro|globalvariable)$/,
    'tells how the server is set up',
  ],
  [
    /^(getserverport|tcpport|getclienthttpheader|showcertificate|serveruuid|getoskernelversion|buildid)$/,
    'tells about the machine',
  ],
  [
    /^(hostname|displayname|fqdn|fullhostname|filesystem(available|capacity|unreserved)|hasthreadfuzzer|uptime)$/,
    'tells about the machine',
  ],
  [/^(addressto.*|demangle|tid|logtrace|ismergetreepartcoveredby|mergetreepartinfo)$/, 'looks into the process'],
  [/^(sleep|sleepeachrow)$/, 'only wastes time'],
  [/^(generateserialid|transaction(id|latestsnapshot|oldestsnapshot)|zookeepersessionuptime)$/, 'needs a cluster'],
];

/** Table functions with a reason of their own; as the name of a column they are harmless. */
const CLOSED_CALLS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^merge$/, 'reads tables that the statement does not name'],
  [/^(mergetree|timeseries(selector|data|tags|metrics|samples)$)/, 'reads past the rows of a tenant'],
];

/** Table functions that make rows out of nothing but their arguments. */
const TABLE_FUNCTIONS = new Set([
  ...['numbers', 'numbers_mt', 'zeros', 'zeros_mt', 'primes', 'generateseries', 'generate_series', 'generaterandom'],
  ...['values', 'sqlstandardvalues', 'null', 'view'],
]);

/**
 * Table functions of the engine that are closed wherever they stand before a parenthesis, so also after a comma in FROM; whole names,
 * because ordinary functions start like some of them (`URLHash`, `icebergBucket`).
 */
const CLOSED_TABLE_FUNCTIONS =
  /^(arrowstream|azureblobstorage|clusterallreplicas|cosn|deltalake|dictionary|executable|file|filesystem|fuzzjson|fuzzquery|gcs|hdfs|hudi|iceberg|input|jdbc|loop|mongodb|mysql|odbc|oss|paimon|postgresql|prometheusquery|prometheusqueryrange|redis|remote|remotesecure|s3|sqlite|url|viewexplain|viewifpermitted|ytsaurus|)(azure|hdfs|local|s3)?(cluster)?$/;

/** The reason why a reader may not use this name (lower case), or undefined. */
export function whyFunctionIsClosed(name: string, called: boolean): string | undefined {
  const closed =
    CLOSED.find(([pattern]) => pattern.test(name)) ?? (called ? CLOSED_CALLS.find(([pattern]) => pattern.test(name)) : undefined);
  if (closed !== undefined) return `${name} ${closed[1]}`;
  return called && CLOSED_TABLE_FUNCTIONS.test(name) ? `the table function ${name} is not for readers` : undefined;
}

export function isTableFunctionForReaders(name: string): boolean {
  return TABLE_FUNCTIONS.has(name);
}
