/** What JavaScript's names do in Node.js, Deno and Bun. From their manuals. */
import { type Deed, type Language, deedsOf, wordsIn } from '../language.ts';

/** Functions of `fs`; each also as `…Sync` and under `fs.promises`. */
const FILES: readonly (readonly [string, Deed])[] = [
  ['rm', 'rm -rf $0'],
  ['unlink', 'rm -f $0'],
  ['rmdir', 'rm -r $0'],
  ['readFile', 'cat $0'],
  ['createReadStream', 'cat $0'],
  ['open', 'open 0 1'],
  ['writeFile', 'tee $0'],
  ['createWriteStream', 'tee $0'],
  ['appendFile', 'tee -a $0'],
  ['truncate', 'truncate -s 0 $0'],
  ['readdir', 'ls'],
  ['stat', 'ls'],
  ['lstat', 'ls'],
  ['access', 'ls'],
  ['exists', 'ls'],
  ['realpath', 'ls'],
  ['readlink', 'ls'],
  ['opendir', 'ls'],
  ['watch', 'ls'],
  ['watchFile', 'ls'],
  ['mkdir', 'mkdir -p $0'],
  ['mkdtemp', '-'],
  ['rename', 'mv $0 $1'],
  ['copyFile', 'cp $0 $1'],
  ['cp', 'cp -r $0 $1'],
  ['symlink', 'ln -s $0 $1'],
  ['link', 'ln $0 $1'],
  ['chmod', 'chmod $1 $0'],
  ['chown', 'chown $1 $0'],
  ['utimes', 'touch $0'],
];

const fileDeeds: readonly (readonly [string, Deed])[] = FILES.map(([name, deed]) => [
  `fs.${name} fs.${name}Sync fs.promises.${name} fs/promises.${name}`,
  deed,
]);

const DEEDS = deedsOf([
  ...fileDeeds,
  ['child_process.exec child_process.execSync', '!0'],
  ['child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync', '@0,1'],
  ['child_process.fork', '*code_execution runs a script that is not in the text'],
  ['Bun.$ zx.$ $', '!0'],
  ['Bun.spawn Bun.spawnSync', '@0'],
  ['Deno.run Deno.Command', '*code_execution runs a program'],
  ['Deno.remove Deno.removeSync fs-extra.remove fs-extra.removeSync fs-extra.emptyDir rimraf rimraf.sync del', 'rm -rf $0'],
  ['Deno.readTextFile Deno.readTextFileSync Deno.readFile Bun.file', 'cat $0'],
  ['Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Bun.write', 'tee $0'],
  ['eval Function setTimeout.text vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction', '=0'],
  [
    'process.binding process.dlopen module.constructor module._load module.createRequire process._linkedBinding',
    '*opaque leads to everything',
  ],
  ['process.kill', 'kill -9 $0'],
  ['process.setuid process.setgid process.seteuid process.setgroups', '*identity_change acts as another user'],
  ['process.chdir process.umask process.setUncaughtExceptionCaptureCallback', '-'],
  ['fetch axios axios.get axios.head got got.get http.get https.get undici.fetch node-fetch needle.get superagent.get', 'ask'],
  ['axios.post got.post needle.post superagent.post navigator.sendBeacon', 'curl -X POST -d data $0'],
  ['axios.put got.put', 'curl -X PUT -d data $0'],
  ['axios.delete got.delete', 'curl -X DELETE $0'],
  ['http.request https.request axios.request undici.request axios.create http2.connect', '*network opens a connection'],
  [
    'net.connect net.createConnection net.createServer net.Socket tls.connect tls.createServer dgram.createSocket http.createServer https.createServer WebSocket ws XMLHttpRequest EventSource dns.lookup dns.resolve dns.resolve4 dns.resolveTxt dns.promises.resolve Bun.serve Deno.serve Deno.connect Deno.listen',
    '*network opens a connection or a listener',
  ],
  ['require import', '*opaque a module that is not known'],
  [
    'pg.Client pg.Pool mysql.createConnection mysql2.createConnection mongodb.MongoClient redis.createClient ioredis',
    '*network connects to a database',
  ],
  [
    'better-sqlite3().exec better-sqlite3().prepare sqlite3.Database().run sqlite3.Database().exec sqlite3.Database().all',
    'sql:sqlite 0',
  ],
  ['better-sqlite3 sqlite3.Database', '-'],
  ['?.query ?.execute', 'sql: 0'],
  ['cluster.fork worker_threads.Worker Worker', '*code_execution runs a script that is not in the text'],
  ['?.exec.shell', '!0'],
  ['?.pipe', '-'],
]);

const PURE = wordsIn(
  `console.** Math.** JSON.** Object.** Array.** String.** Number.** Boolean.** Date.** RegExp.** Map.** Set.** WeakMap.** WeakSet.** Symbol.** BigInt.** Promise.** Intl.**
   Reflect.ownKeys Reflect.has Buffer.** URL.** URLSearchParams.** TextEncoder.** TextDecoder.** Uint8Array.** Int32Array.** Uint32Array.** Float64Array.** ArrayBuffer.** DataView.** performance.**
   Error TypeError RangeError SyntaxError AbortController parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape
   atob btoa structuredClone queueMicrotask setTimeout setInterval setImmediate clearTimeout clearInterval String.raw
   Array Object String Number Boolean Date RegExp Map Set WeakMap WeakSet Symbol BigInt Promise Buffer URL URLSearchParams TextEncoder TextDecoder Uint8Array Int32Array Uint32Array
   Float64Array ArrayBuffer DataView Proxy
   process.exit process.cwd process.uptime process.memoryUsage process.cpuUsage process.hrtime process.hrtime.bigint process.nextTick process.on process.once process.emitWarning
   process.getuid process.getgid process.argv.** process.stdout.** process.stderr.** process.stdin.** process.version process.versions.** process.exitCode
   path.** os.** util.** assert.** crypto.** url.** querystring.** events.** string_decoder.** zlib.** stream.** readline.** timers.** perf_hooks.** punycode.** buffer.** async_hooks.**
   lodash.** _.** uuid.** yaml.** js-yaml.** chalk.** dayjs.** moment.** semver.** minimist.** yargs.** commander.** dotenv.** glob.** ms.** nanoid.** zod.** ajv.** typescript.**
   require.resolve assert dayjs moment uuid chalk nanoid minimist
   Deno.args Deno.cwd Deno.exit Deno.env.get Bun.version performance.now`,
);

const METHODS = wordsIn(
  `add at catch charAt charCodeAt codePointAt concat copyWithin digest entries every fill filter finally find findIndex findLast findLastIndex flat flatMap forEach from get
   getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset getUTCDate getUTCFullYear getUTCHours has hasOwnProperty includes indexOf
   isDirectory isFile isSymbolicLink join json keys lastIndexOf localeCompare map match matchAll next normalize of off on once padEnd padStart parse pop push readInt8 readUInt32LE reduce
   reduceRight repeat replace replaceAll reverse search set setEncoding shift size slice some sort splice split startsWith endsWith stringify subarray substr substring test text then toFixed toISOString
   toJSON toLocaleDateString toLocaleString toLowerCase toPrecision toSorted toReversed toString toTimeString toUTCString toUpperCase trim trimEnd trimStart unref unshift update update valueOf values
   with end write close resume pause read emit removeListener log table error info warn debug final isBuffer equals clear delete apply call bind arrayBuffer blob headers formData
   copy digestHex ref toArray toSpliced exec addListener removeAllListeners format start unwatch isArray`,
);

const MODULES = wordsIn(
  `fs fs/promises child_process path os util assert crypto url querystring events string_decoder zlib stream stream/promises readline readline/promises timers timers/promises perf_hooks punycode buffer
   async_hooks vm process module http https http2 net tls dgram dns dns/promises cluster worker_threads v8 tty constants console diagnostics_channel inspector sqlite test
   lodash uuid yaml js-yaml chalk dayjs moment semver minimist yargs commander dotenv glob ms nanoid zod ajv typescript axios got node-fetch undici needle superagent ws fs-extra rimraf del pg
   mysql mysql2 mongodb redis ioredis better-sqlite3 sqlite3 zx express`,
);

export const JAVASCRIPT: Language = {
  dialect: 'javascript',
  deeds: DEEDS,
  pure: PURE,
  methods: METHODS,
  globals: new Map([
    ['globalThis', '?.global'],
    ['global', '?.global'],
    ['window', '?.global'],
    ['Deno', 'Deno'],
  ]),
  doors: /^(constructor|__proto__|mainModule|_load|binding|prototype|__defineGetter__|getBuiltinModule)$/,
  modules: (name) => MODULES.has(name.replace(/^node:/, '')),
};
