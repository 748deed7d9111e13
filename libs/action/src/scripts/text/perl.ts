/** Perl's one-liners: the filters of -n and -p, and the calls that act. */
import type { Effect } from '@countersign/kernel';
import type { ReadContext } from '../../reader.ts';
import { type Alarm, type Form, readStatements } from './statements.ts';

const STRING = String.raw`("(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}')`;
/** A scalar, an element, a number or a plain text: computing with these reaches nothing. */
const ATOM = String.raw`(?:-?\d+(?:\.\d+)?|\$(?:[A-Za-z_]\w*|[_.&0-9,/\\|!;])(?:\[-?[\w$]+\]|\{\w+\})?|@[A-Za-z_]\w*(?:\[[\d.,]+\])?|"(?:[^"\\@$]|\\.|\$(?:[_.,&;]|\d|[A-Za-z]\w*)(?![({\[])|@[A-Za-z_]\w*(?![\[{(\w])){0,2000}"|'[^']{0,2000}')`;
const MATCH = String.raw`(?:(?:\$\w+\s*[=!]~\s*)?!?m?\/(?:[^/\\\n({@$]|\\.|\((?!\?\??\{)|\{|\$(?=[|)/])|\$$){0,500}\/[gimsx]{0,6})`;
const PURE_CALL = String.raw`(?:length|uc|lc|ucfirst|lcfirst|reverse|abs|int|sqrt|hex|oct|ord|chr|join|split|sort|keys|values|scalar|sprintf|index|substr|time|localtime|defined|exists|chomp|push|shift|pop|floor|ceil|lc|uniq)`;
const TERM = String.raw`(?:${PURE_CALL}\s*\(\s*(?:${MATCH}|${ATOM})(?:\s*,\s*${ATOM}){0,6}\s*\)|${ATOM})`;
const CALLS = String.raw`(?:${PURE_CALL}\s*\(\s*(?:${TERM}|${MATCH})(?:\s*,\s*(?:${TERM}|${MATCH})){0,4}\s*\)|${TERM})`;
const OPERATOR = String.raw`(?:[-+*.x%,<>]|==|!=|<=|>=|\beq\b|\bne\b|&&|\|\|)`;
const VALUE = String.raw`(?:${PURE_CALL}|(?:${PURE_CALL}\s+){0,3}(?:${MATCH}\s*,\s*)?${CALLS}(?:\s*${OPERATOR}\s*${CALLS}){0,8})`;
const CONDITION = String.raw`(?:${MATCH}|\$\w+\{\$\w+\}\+\+|${VALUE}|eof)(?:\s*(?:&&|\|\||and|or)\s*(?:${MATCH}|${VALUE})){0,6}`;

const form = (pattern: string, deed: string): Form => ({ pattern: new RegExp(`^(?:${pattern})$`), deed });

const FORMS: readonly Form[] = [
  form(
    String.raw`(?:use\s+(?:strict|warnings|utf8|feature\s+(?:"\w+"|'\w+')|List::Util\s*[\w ()qw/]*|POSIX|Data::Dumper|v?5[\d.]*))`,
    '-',
  ),
  form(
    String.raw`(?:print|say|printf)?(?:\s*\(?\s*(?:STDERR\s+|STDOUT\s+)?${VALUE}\s*\)?)?(?:\s+(?:if|unless)\s+${CONDITION})?`,
    '-',
  ),
  form(String.raw`(?:(?:my|our|local)\s+)?[$@%]\w+\s*(?:[-+.*]?=|\|\|=)\s*${VALUE}(?:\s+(?:if|unless)\s+${CONDITION})?`, '-'),
  form(String.raw`[$]\w+(?:\+\+|--)(?:\s+(?:if|unless)\s+${CONDITION})?`, '-'),
  form(
    String.raw`(?:[$]\w+\s*=~\s*)?(?:s|tr|y)\/(?:[^/\\\n(@$]|\\.|\((?!\?\??\{)|\$(?=[|)/])){0,300}\/(?:[^/\\\n@$]|\\.|\$(?:\d|&|[A-Za-z_]\w*)(?![\w({[-])){0,300}\/[gimsxr]{0,6}(?:\s+(?:if|unless)\s+${CONDITION})?`,
    '-',
  ),
  form(String.raw`(?:(?:BEGIN|END)\s*)?\{\s*(?:print|say)\s+${VALUE}\s*\}`, '-'),
  form(String.raw`(?:exit|next|last)(?:\s+\d+)?(?:\s+(?:if|unless)\s+${CONDITION})?`, '-'),
  form(String.raw`(?:system|exec|qx)\s*\(?\s*${STRING}\s*\)?(?:\s*(?:or|\|\|)\s+die)?`, '$1'),
  form('(?:print\\s+)?(`[^`]{0,2000}`)', '$1'),
  form(String.raw`unlink\s*\(?\s*${STRING}\s*\)?(?:\s*(?:or|\|\|)\s+die.{0,100})?`, 'rm -f @1'),
  form(String.raw`rmdir\s*\(?\s*${STRING}\s*\)?`, 'rmdir @1'),
  form(String.raw`mkdir\s*\(?\s*${STRING}\s*\)?`, 'mkdir @1'),
  form(String.raw`rename\s*\(?\s*${STRING}\s*,\s*${STRING}\s*\)?`, 'mv @1 @2'),
  form(String.raw`use\s+File::Path.{0,60}`, '-'),
  form(String.raw`(?:File::Path::)?(?:rmtree|remove_tree)\s*\(?\s*${STRING}\s*\)?`, 'rm -rf @1'),
  form(
    String.raw`use\s+(?:File::Copy|File::Basename|Time::HiRes|JSON|MIME::Base64|Cwd|Time::Local|Text::Wrap|Encode)\b[\w ()/:,]{0,80}`,
    '-',
  ),
];

const ALARMS: readonly Alarm[] = [
  {
    pattern: /\b(?:system|exec|eval|qx|popen|fork|do|require|syscall)\b|`|\/e[a-z]*\b|\(\?\??\{|\bopen\b[^;]*\|/,
    kind: 'code_execution',
    why: 'runs what is worked out when it runs',
  },
  {
    pattern: /\b(?:unlink|rmtree|remove_tree|rmdir|truncate)\b/,
    kind: 'delete',
    why: 'what it deletes is worked out when it runs',
  },
  {
    pattern: /\b(?:socket|Socket|IO::Socket|LWP|HTTP::Tiny|connect|bind|Net::\w+)\b/,
    kind: 'network',
    why: 'opens a connection',
  },
  {
    pattern: /\bopen\b|\brename\b|\bchmod\b|\bsymlink\b/,
    kind: 'write',
    why: 'what it opens or changes is worked out when it runs',
  },
];

export function perlEffects(text: string, cx: ReadContext): readonly Effect[] {
  return readStatements(text, FORMS, ALARMS, cx);
}
