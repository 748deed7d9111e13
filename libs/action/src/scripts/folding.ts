/** Computations that the text already gives the result of. */
import type { Value } from './expression.ts';
import type { Language } from './language.ts';

/** The few computations that programs use to hide or build their texts. */
export function fold(path: string, args: readonly Value[], target: Value, language: Language): Value | undefined {
  const first = args[0]?.text;
  switch (path) {
    case 'base64.b64decode':
    case 'base64.standard_b64decode':
    case 'base64_decode':
    case 'atob':
      return first === undefined ? undefined : decoded(first);
    case 'Buffer.from':
      return first !== undefined && args[1]?.text === 'base64' ? decoded(first) : undefined;
    case 'os.path.join':
    case 'path.join':
    case 'path.resolve':
      return args.length > 0 && args.every((arg) => arg.text !== undefined)
        ? { text: args.map((arg) => arg.text ?? '').reduce(joinPath) }
        : { path: 'value' };
    case 'os.path.expanduser':
    case 'os.path.abspath':
    case 'os.fspath':
    case 'str':
    case 'String':
      return first === undefined ? undefined : { text: first };
    case 'pathlib.Path.home':
    case 'os.homedir':
      return path === 'os.homedir' ? { text: '~' } : { path: 'pathlib.Path()', made: [{ text: '~' }] };
    case 'getattr':
      return args[0]?.path !== undefined && args[1]?.text !== undefined
        ? { path: `${args[0].path}.${args[1].text}` }
        : { path: '?' };
    case '__import__':
    case 'importlib.import_module':
    case 'require':
      return first === undefined || !language.modules(first) ? undefined : { path: first.replace(/^node:/, '') };
    default:
      return target.made?.[0]?.text !== undefined &&
        args.length === 0 &&
        /^value\.(strip|lower|upper|trim|encode|decode|toString)$/.test(path)
        ? {
            text: /upper/.test(path)
              ? target.made[0].text.toUpperCase()
              : /lower/.test(path)
                ? target.made[0].text.toLowerCase()
                : target.made[0].text,
          }
        : undefined;
  }
}

/** What is hidden in base64 is read as what it is. */
function decoded(text: string): Value {
  const plain = text.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.replace(/=+$/, '').length % 4 === 1) return { path: 'value' };
  return { text: atob(plain) };
}

function joinPath(one: string, two: string): string {
  if (two.startsWith('/')) return two;
  return one.endsWith('/') ? one + two : `${one}/${two}`;
}
