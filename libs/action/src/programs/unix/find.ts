/** `find`: its expression says which files, and what is done with each of them. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { isSecret } from '../../shell/path-classes.ts';
import { effect, given, valuesOf } from './define.ts';
import { reachOf } from './paths.ts';

/** Tests that let only some files through. */
const NARROWING =
  '-name -iname -path -ipath -wholename -iwholename -regex -iregex -lname -ilname -empty -mtime -mmin -atime -amin -ctime -cmin -newer -newermt -newerat -newerct -newermm -newercc -newer3 -anewer -cnewer -size -user -uid -group -gid -nouser -nogroup -perm -inum -samefile -links -used -fstype -xtype -executable -readable -writable -context'.split(
    ' ',
  );

/** Files that something outside the expression chose: any of them may be meant. */
export const FIND: readonly Program[] = [
  {
    names: ['find', 'gfind', 'bfs'],
    syntax: 'go',
    options:
      '-H -L -P -D= -O0 -O1 -O2 -O3 -E -X -s -x -f= -d -depth -daystart -follow -help -ignore_readdir_race -noignore_readdir_race -maxdepth= -mindepth= -mount -noleaf -regextype= -version -warn -nowarn -xdev -files0-from= -amin= -anewer= -atime= -cmin= -cnewer= -ctime= -empty -executable -false -fstype= -gid= -group= -ilname= -iname= -inum= -ipath= -iregex= -iwholename= -links= -lname= -mmin= -mtime= -name= -newer= -newermt= -newerat= -newerct= -newermm= -newercc= -newerac= -newerca= -newermc= -newercm= -neweram= -newerma= -newerBt= -nogroup -nouser -path= -perm= -readable -regex= -samefile= -size= -true -type= -uid= -used= -user= -wholename= -writable -xtype= -context= -flags= -depth -delete -exec; -execdir; -ok; -okdir; -fls= -fprint= -fprint0= -fprintf= -ls -print -print0 -printf= -prune -quit -not -a -and -o -or',
    does: [
      { kind: 'read', on: '0' },
      { kind: 'write', on: '-fls -fprint -fprint0 -fprintf' },
    ],
    runs: [
      { as: 'argv', from: '-exec' },
      { as: 'argv', from: '-execdir' },
      { as: 'argv', from: '-ok' },
      { as: 'argv', from: '-okdir' },
    ],
    refine: found,
  },
];

/** What is done to each file is done to as many as the expression lets through. */
function found(call: Call, effects: readonly Effect[]): readonly Effect[] {
  const everywhere = call.operands.some((word) => reachOf(word) === 'vast' && !/^\.\/?$/u.test(word.text) && word.text !== '*');
  const narrowed =
    NARROWING.some((test) => given(call, test)) &&
    !given(call, '-o', '-or', '-not') &&
    !call.operands.some((word) => word.text === '!');
  // Outside the working folder a file that is written may be one that is run or trusted later.
  const below = call.operands.every((word) => word.known && !/^(?:[/~$]|\.\.)/u.test(word.text));
  const result = effects.map((one): Effect => {
    if (one.kind === 'none' || one.kind === 'read' || one.via === '' || one.scope === 'unbounded') return one;
    if (!one.targets.some((target) => target.name.includes('{}'))) return one;
    const wide = { ...one, why: one.why === '' ? 'once for each file that find lists' : one.why };
    // Each file by itself is written as far as the tests let it through; whole trees that go are not counted so.
    const scope = one.scope === 'unknown' && !(one.kind === 'write' && below) ? 'unknown' : 'bounded';
    if (narrowed && !everywhere) return { ...wide, scope };
    return { ...wide, scope: everywhere && !narrowed && one.kind === 'delete' ? 'unbounded' : 'unknown' };
  });
  if (given(call, '-delete')) {
    const scope = !narrowed ? 'unbounded' : everywhere ? 'unknown' : 'bounded';
    const why = narrowed ? 'every file that the tests let through' : 'everything below, no test narrows it';
    const starts = call.operands.filter((word) => !/^[()!,]$/u.test(word.text));
    result.push(
      effect(call, 'delete', { on: starts, ...(starts.length === 0 ? { name: '.' } : {}), scope, why, via: '-delete' }),
    );
  }
  const hunted = valuesOf(call, '-name', '-iname', '-path', '-ipath', '-wholename').filter((word) =>
    isSecret(`/${word.text.replaceAll('*', 'x')}`),
  );
  if (hunted.length > 0 && call.operands.some((word) => /^[/~$]/u.test(word.text)))
    result.push(
      effect(call, 'secret_read', {
        on: hunted,
        scope: 'unknown',
        why: 'looks for keys or credentials beyond the working folder',
      }),
    );
  return result;
}
