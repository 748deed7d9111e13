/** Package managers of operating systems: packages bring code that is run, often as root. */
import type { Program } from '../program.ts';
import { each, prints, shows, subs } from './define.ts';
import { CLEAN, FETCH, INSTALL, REFRESH, REMOVE, SHOW, SOURCES, UPGRADE } from './system-package-commands.ts';

const APT_OPTIONS =
  '-y|--yes|--assume-yes -q|--quiet? -o|--option= -c|--config-file= -t|--target-release|--default-release= -a|--host-architecture= -P|--build-profiles= -s|--simulate|--just-print|--dry-run|--recon|--no-act';

const APT_STEERED = { kind: 'code_execution', type: 'option', on: '-o -c', why: 'settings of apt can run commands' } as const;

export const PACKAGES_OS: readonly Program[] = [
  ...each('apt apt-get aptitude nala apt-fast aptdcon', {
    otherOptions: 'harmless',
    options: APT_OPTIONS,
    does: [APT_STEERED],
    bare: SHOW,
    sub: {
      ...subs(
        'list show search policy depends rdepends showsrc changelog moo help check indextargets why why-not versions history madison showpkg stats',
        SHOW,
      ),
      ...subs('update', REFRESH),
      ...subs('install reinstall build-dep safe-upgrade forbid-version', INSTALL),
      ...subs('upgrade full-upgrade dist-upgrade dselect-upgrade satisfy', UPGRADE),
      ...subs('remove purge autoremove auto-remove autopurge', REMOVE),
      ...subs('clean autoclean auto-clean distclean', CLEAN),
      ...subs('download source', FETCH),
      ...subs('edit-sources edit hold unhold markauto unmarkauto keep modernize-sources', SOURCES),
    },
  }),
  ...shows(
    'packages',
    'apt-cache apt-show-versions dpkg-query apt-rdepends apt-listchanges debman deborphan rpmquery repoquery pacconf pactree paccheck pkgfile expac equery eix qlist xbps-query pkg_info pkginfo portageq debsums command-not-found',
  ),
  {
    names: ['apt-mark'],
    otherOptions: 'harmless',
    sub: {
      ...subs('showauto showmanual showhold showinstall showremove showpurge minimize-manual', SHOW),
      ...subs('auto manual hold unhold install remove purge', SOURCES),
    },
  },
  ...each('add-apt-repository apt-add-repository apt-key apt-config apt-cdrom apt-ftparchive', {
    otherOptions: 'harmless',
    options: '-L|--list',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '-L|@0=list|finger|export|exportall|dump|shell' },
      {
        kind: 'config_change',
        type: 'package source',
        on: '*',
        evenWithout: true,
        when: '!-L !@0=list|finger|export|exportall|dump|shell',
        why: 'where packages come from, or which are trusted',
      },
    ],
  }),
  ...each('apt-file aptly reprepro', {
    otherOptions: 'harmless',
    sub: { ...subs('search list show find', SHOW), update: REFRESH },
    otherSub: SOURCES,
  }),
  {
    names: ['dpkg'],
    otherOptions: 'harmless',
    options:
      '-l|--list -s|--status -L|--listfiles -S|--search -p|--print-avail -I|--info -c|--contents -W|--show -C|--audit -V|--verify --get-selections --print-architecture --print-foreign-architectures --compare-versions --version --help -i|--install -r|--remove -P|--purge --unpack --configure -x|--extract -e|--control --set-selections --clear-selections --add-architecture --remove-architecture --force-all -a|--pending -R|--recursive --fsys-tarfile -f|--field --pre-invoke= --post-invoke= --status-logger=',
    does: [
      {
        kind: 'read',
        type: 'system',
        name: 'packages',
        when: '-l|-s|-L|-S|-p|-I|-c|-W|-C|-V|--get-selections|--print-architecture|--print-foreign-architectures|--compare-versions|-f',
      },
      {
        kind: 'code_execution',
        type: 'package',
        on: '*',
        evenWithout: true,
        when: '-i|--unpack|--configure',
        why: 'a package brings code and runs its install scripts',
      },
      { kind: 'delete', type: 'package', on: '*', evenWithout: true, scope: 'unknown', when: '-r|-P', why: 'removes packages' },
      { kind: 'write', on: '1', scope: 'bounded', when: '-x|-e' },
      {
        kind: 'config_change',
        type: 'system',
        name: 'packages',
        when: '--set-selections|--clear-selections|--add-architecture|--remove-architecture',
      },
    ],
    runs: [
      { as: 'shell', from: '--pre-invoke' },
      { as: 'shell', from: '--post-invoke' },
      { as: 'shell', from: '--status-logger' },
    ],
  },
  ...prints('lintian rpmlint debdiff debsig-verify namcap'),
  {
    names: ['dpkg-deb'],
    options:
      '-I|--info -c|--contents -W|--show -f|--field -x|--extract -X|--vextract -e|--control -R|--raw-extract -b|--build --ctrl-tarfile --fsys-tarfile -Z= -z= -S= --root-owner-group --showformat= --nocheck -v -D --uniform-compression --deb-format=',
    does: [
      { kind: 'read', on: '0', when: '!-b' },
      { kind: 'write', on: '1', scope: 'bounded', when: '-x|-X|-e|-R|-b' },
      { kind: 'read', on: '0', when: '-b' },
    ],
  },
  ...each(
    'dpkg-buildpackage debuild rpmbuild makepkg abuild mock pbuilder sbuild koji fedpkg alien checkinstall fpm snapcraft flatpak-builder pkgbuild productbuild',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'code_execution', type: 'script', name: 'build recipe', why: 'builds a package by its recipe' }],
    },
  ),
];
