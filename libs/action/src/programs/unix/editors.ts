/** Editors, pagers, manuals, terminals in windows and what a person does in them. */
import type { Effect } from '@countersign/kernel';
import { pointed, type ReadContext } from '../../reader.ts';
import type { Call, Program } from '../program.ts';
import { each, opaque, valuesOf } from './define.ts';

/** Commands of vi that only move, set or leave. */
const VI_HARMLESS =
  /^:?(?:\d+|\$|q!?|wq!?|x!?|wqa!?|qa!?|wa?!?|set\b.*|syntax\b.*|noh\w*|help\b.*|version|normal [gG]+|\/.*|split|vsplit|vs|sp|tabnew|Explore|NERDTree|colorscheme \w+)$/u;

export const EDITORS: readonly Program[] = [
  {
    names: [
      'vim',
      'vi',
      'nvim',
      'view',
      'gvim',
      'ex',
      'vimdiff',
      'nvi',
      'elvis',
      'rvim',
      'vim.tiny',
      'vim.basic',
      'mvim',
      'neovide',
      'kak',
      'hx',
      'helix',
    ],
    otherOptions: 'harmless',
    options:
      '-c= --cmd= -S= -s= -u= -U= -i= -w= -W= -e -E -es -R -n -d -o? -O? -p? -t= -q= -T= -l= --remote= --remote-expr= --remote-send= --servername= --startuptime= -# --clean --noplugin',
    does: [
      { kind: 'read', on: '*', when: '-R' },
      { kind: 'write', on: '*', when: '!-R', why: 'opens it in an editor' },
      {
        kind: 'code_execution',
        type: 'script',
        on: '-S -s -u -U -l --remote-expr --remote-send',
        why: 'runs a script of the editor',
      },
      { kind: 'write', on: '-w -W --startuptime' },
      { kind: 'opaque', when: '-es|-e', why: 'commands from standard input' },
    ],
    refine: commanded,
  },
  ...each(
    'nano pico micro joe jed ne mg zile kilo ee aee mcedit tilde dte slap gedit pluma xed mousepad leafpad kate kwrite featherpad geany notepad notepadqq notepad++ textedit atom subl sublime_text code code-insiders codium cursor windsurf zed lapce fleet idea pycharm webstorm goland clion phpstorm rubymine eclipse netbeans',
    {
      otherOptions: 'harmless',
      options:
        '-g -n -w|--wait -d|--diff --install-extension= --uninstall-extension= --list-extensions --list-encodings -v|--version -h|--help --locate-shell-integration-path= -r -a',
      does: [
        { kind: 'none', when: '-v|-h|--list-extensions|--list-encodings' },
        { kind: 'write', on: '*', when: '!-v !-h', why: 'opens it in an editor' },
        { kind: 'code_execution', type: 'extension', on: '--install-extension', why: 'an extension brings code' },
      ],
    },
  ),
  ...each('emacs emacsclient xemacs', {
    otherOptions: 'harmless',
    options:
      '--batch --eval|--execute= -e= -f|--funcall= -l|--load= --script= -nw -q -Q --daemon? -c -t -n -a= --version --help --insert= -u= --directory= -L=',
    does: [
      { kind: 'write', on: '*', when: '!--version !--help', why: 'opens it in an editor' },
      { kind: 'opaque', on: '--eval -e', why: 'Lisp is not read' },
      { kind: 'code_execution', type: 'script', on: '-f -l --script -a', why: 'runs a script of the editor' },
    ],
  }),
  ...each('ed red sam', {
    otherOptions: 'harmless',
    does: [
      { kind: 'write', on: '*' },
      { kind: 'opaque', why: 'commands of the editor come from standard input' },
    ],
  }),
  {
    names: ['less'],
    otherOptions: 'harmless',
    options:
      '-b= -h= -j= -k= -o|--log-file= -O|--LOG-FILE= -p|--pattern= -P= -t|--tag= -T|--tag-file= -x= -y= -z= -# --lesskey-file= --lesskey-content= --lesskey-src=',
    does: [
      { kind: 'read', on: '*', when: '!@*^+!' },
      { kind: 'write', on: '-o -O' },
      { kind: 'opaque', on: '*', when: '@*^+!', why: 'a command of the pager' },
      {
        kind: 'code_execution',
        type: 'settings',
        on: '--lesskey-file --lesskey-content --lesskey-src',
        why: 'keys that run commands',
      },
    ],
  },
  ...each('more pg most moar ov slit', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '*', when: '!@*^+!' },
      { kind: 'opaque', on: '*', when: '@*^+!', why: 'a command of the pager' },
    ],
  }),
  ...each(
    'man info pinfo batman manpath tldr tealdeer cheat navi eg howdoi pydoc pydoc3 ri perldoc erldoc zeal dasht devhelp yelp wikiman',
    {
      otherOptions: 'harmless',
      options:
        '-P|--pager= -H|--html? -M|--manpath= -C|--config-file= -l|--local-file= -b -p? -w= -u|--update -k|-K -f -a -s|-S= -L= -X? -t -T? -o|--output= -n= --platform= -p= -o= --source=',
      does: [
        { kind: 'read', type: 'system', name: 'manual', when: '!-P !-l' },
        { kind: 'read', on: '-l' },
        { kind: 'code_execution', type: 'program', on: '-P -H -C', why: 'runs this program to show the page' },
        { kind: 'write', on: '-o' },
      ],
    },
  ),
];

/** `vim -c '!command'`, `vim +command`: moving about is harmless, a command line is read, the rest is not known. */
function commanded(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  const effects: Effect[] = [];
  const typed = valuesOf(call, '-c', '--cmd').map((word) => ({ word, text: word.text }));
  for (const word of call.operands) if (word.text.startsWith('+')) typed.push({ word, text: word.text.slice(1) });
  for (const { word, text } of typed) {
    const command = /^:?(?:silent!? )?!(.*)$/su.exec(text)?.[1];
    if (!word.known) effects.push(opaque(call, 'the command of the editor is only known at run time', word));
    else if (command !== undefined)
      effects.push(...pointed(cx.embedded({ kind: 'shell', text: command }).effects, word.span, call.program));
    else if (text !== '' && !VI_HARMLESS.test(text)) effects.push(opaque(call, 'a command of the editor', word));
  }
  if (effects.length === 0 && !call.operands.some((word) => word.text.startsWith('+'))) return found;
  const files = found.map((one) => ({ ...one, targets: one.targets.filter((target) => !target.name.startsWith('+')) }));
  return [...files.filter((one) => one.targets.length > 0), ...effects];
}
