/** Ruby's one-liners: output, the calls that act on constant paths, commands and files. */
import type { Effect } from '@countersign/kernel';
import type { ReadContext } from '../../reader.ts';
import { type Alarm, type Form, readStatements } from './statements.ts';

const STRING = String.raw`("(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}')`;
const PLAIN = String.raw`(?:"(?:[^"\\#]|\\.|#(?!\{)|#\{[\w .+*/-]{0,80}\}){0,2000}"|'[^']{0,2000}'|-?\d+(?:\.\d+)?|:\w+|nil|true|false|\$_|\[[\w\s.,'":-]{0,200}\]|(?!(?:fork|exec|system|spawn|eval|load|require|binding|send|abort|trap|callcc|autoload|open|gets|loop|instance_eval)\b)[a-z_]\w*|Time\.now|(?:STDIN|ARGF|\$stdin)\.(?:read|gets|each_line|readlines)|\(\d+\.\.\.?\d+\)|Math::PI|RUBY_VERSION|ARGV)`;
const CHAIN = String.raw`(?:\.(?:upcase|downcase|capitalize|reverse|strip|chomp|length|size|to_i|to_f|to_s|to_a|to_sym|sum|max|min|sort|uniq|first|last|round|floor|ceil|abs|chars|bytes|lines|split(?:\((?:"[^"]*"|'[^']*')?\))?|join(?:\((?:"[^"]*"|'[^']*')?\))?|year|month|day|inspect|to_json|even\?|odd\?|empty\?|to_h|keys|values|tally|sort_by|flatten|compact|(?:map|select|reject|sum|sort_by|each|group_by|count)\(&:[a-z_]\w*[?!]?\)|(?:center|ljust|rjust|take|drop|round|digits|step)\(\d+\))(?:\(\))?){0,8}`;
const VALUE = String.raw`\(?\s*${PLAIN}${CHAIN}(?:\s*(?:[-+*/%,]|\*\*|==|<<)\s*${PLAIN}${CHAIN}){0,10}\s*\)?${CHAIN}`;
const CALL = (name: string): string => String.raw`${name}\s*\(?\s*${STRING}\s*\)?`;

const form = (pattern: string, deed: string): Form => ({ pattern: new RegExp(`^(?:${pattern})$`), deed });

const FORMS: readonly Form[] = [
  form(
    String.raw`require\s*\(?\s*["'](?:fileutils|json|date|time|set|yaml|csv|digest|securerandom|tempfile|pathname|open3|net\/http|uri|open-uri|erb|base64|socket|pp|bigdecimal|benchmark|optparse|ostruct|shellwords|stringio|zlib|logger|etc|English|tmpdir|timeout|forwardable|singleton|matrix|prime)["']\s*\)?`,
    '-',
  ),
  form(String.raw`(?:puts|print|p|pp)(?:\s*${VALUE})?`, '-'),
  form(String.raw`(?:(?:[a-z_]\w*)\s*=\s*)?${VALUE}`, '-'),
  form(String.raw`exit!?(?:\s*\(?\d*\)?)?|sleep\s*\(?\s*[\d.]+\s*\)?`, '-'),
  form(`(?:puts\\s+|print\\s+)?(?:${CALL('(?:Kernel\\.)?(?:system|exec|spawn)')}|${CALL('IO\\.popen')})`, '$1'),
  form('(?:puts\\s+|print\\s+)?(`[^`]{0,2000}`)', '$1'),
  form(String.raw`(?:puts\s+|print\s+)?%x[{(\[]([^{}()[\]#]{0,2000})[})\]]`, '$1'),
  form(CALL(String.raw`FileUtils\.(?:rm_rf|rm_r|remove_dir|remove_entry|remove_entry_secure|rmtree)`), 'rm -rf @1'),
  form(CALL(String.raw`(?:FileUtils\.(?:rm|rm_f|remove|safe_unlink)|File\.(?:delete|unlink))`), 'rm -f @1'),
  form(CALL(String.raw`(?:Dir\.(?:rmdir|delete|unlink)|FileUtils\.rmdir)`), 'rmdir @1'),
  form(CALL(String.raw`(?:Dir\.mkdir|FileUtils\.(?:mkdir_p|mkdir|makedirs))`), 'mkdir -p @1'),
  form(String.raw`(?:FileUtils\.(?:mv|move)|File\.rename)\s*\(?\s*${STRING}\s*,\s*${STRING}\s*\)?`, 'mv @1 @2'),
  form(String.raw`FileUtils\.(?:cp|copy|cp_r)\s*\(?\s*${STRING}\s*,\s*${STRING}\s*\)?`, 'cp -r @1 @2'),
  form(
    String.raw`(?:puts\s+|print\s+)?(?:File|IO)\.(?:read|readlines|binread|foreach)\s*\(?\s*${STRING}\s*\)?${CHAIN}`,
    'cat @1',
  ),
  form(String.raw`(?:File|IO)\.(?:write|binwrite)\s*\(?\s*${STRING}\s*,\s*${VALUE}\s*\)?`, 'tee @1'),
  form(String.raw`(?:puts\s+)?(?:Dir\.(?:glob|entries|children|exist\?)|Dir)\s*[([]?\s*${STRING}\s*[)\]]?${CHAIN}`, 'ls @1'),
  form(String.raw`FileUtils\.chmod_?R?\s*\(?\s*0?(\d{3,4})\s*,\s*${STRING}\s*\)?`, 'chmod $1 @2'),
  form(
    String.raw`(?:puts\s+)?URI\.open\s*\(?\s*${STRING}\s*\)?(?:\.read)?|(?:puts\s+)?Net::HTTP\.get\s*\(?\s*URI\(\s*${STRING}\s*\)\s*\)?`,
    'curl @1',
  ),
];

const ALARMS: readonly Alarm[] = [
  {
    pattern:
      /\b(?:system|exec|spawn|eval|instance_eval|class_eval|popen\d?|fork|send|public_send|__send__|load|const_get|binding|Open3)\b|`|%x/,
    kind: 'code_execution',
    why: 'runs what is worked out when it runs',
  },
  {
    pattern: /\b(?:rm_rf|rm_r|rm|rm_f|delete|unlink|remove_dir|rmtree|remove_entry\w*|rmdir)\b/,
    kind: 'delete',
    why: 'what it deletes is worked out when it runs',
  },
  {
    pattern: /\b(?:TCPSocket|TCPServer|UDPSocket|Socket|Net::HTTP|URI\.open|HTTParty|Faraday|RestClient)\b/,
    kind: 'network',
    why: 'opens a connection',
  },
  {
    pattern: /\b(?:File\.(?:write|open|rename|chmod|symlink)|IO\.write|FileUtils\.\w+)\b/,
    kind: 'write',
    why: 'what it changes is worked out when it runs',
  },
];

export function rubyEffects(text: string, cx: ReadContext): readonly Effect[] {
  return readStatements(text, FORMS, ALARMS, cx);
}
