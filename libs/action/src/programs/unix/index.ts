/** Every program of Unix, of developers and of administrators that is known, by family. */
import type { Program } from '../program.ts';
import { ARCHIVES } from './archives.ts';
import { BUILD_TOOLS } from './build.ts';
import { COREUTILS_FILES } from './coreutils-files.ts';
import { COREUTILS_TEXT } from './coreutils-text.ts';
import { CRYPTO } from './crypto.ts';
import { CERTIFICATES } from './certificates.ts';
import { DATABASES } from './databases.ts';
import { DATABASE_TOOLS } from './database-tools.ts';
import { DISKS } from './disks.ts';
import { EDITORS } from './editors.ts';
import { DESKTOP } from './desktop.ts';
import { FIND } from './find.ts';
import { GIT } from './git.ts';
import { KERNEL } from './kernel.ts';
import { LANGUAGES } from './languages.ts';
import { MACOS } from './macos.ts';
import { MEDIA } from './media.ts';
import { MISCELLANEOUS } from './miscellaneous.ts';
import { NETWORK } from './network.ts';
import { FIREWALL } from './firewall.ts';
import { PACKAGES_DEV } from './packages-dev.ts';
import { PACKAGES_LANGUAGES } from './packages-languages.ts';
import { PACKAGES_COMPILED } from './packages-compiled.ts';
import { PACKAGES_OS } from './packages-os.ts';
import { PACKAGES_DISTRIBUTIONS } from './packages-distributions.ts';
import { PERMISSIONS } from './permissions.ts';
import { PROCESS } from './process.ts';
import { SEARCH } from './search.ts';
import { SERVICES } from './services.ts';
import { LOGS } from './logs.ts';
import { SHELL_BUILTINS } from './shell-builtins.ts';
import { SHELLS } from './shells.ts';
import { SMALLER } from './smaller.ts';
import { STREAM_EDITORS } from './stream-editors.ts';
import { TRANSFER } from './transfer.ts';
import { USERS } from './users.ts';
import { WEB } from './web.ts';
import { WRAPPERS } from './wrappers.ts';

export const UNIX_PROGRAMS: readonly Program[] = [
  ...SHELL_BUILTINS,
  ...SHELLS,
  ...WRAPPERS,
  ...COREUTILS_TEXT,
  ...COREUTILS_FILES,
  ...PERMISSIONS,
  ...SEARCH,
  ...FIND,
  ...STREAM_EDITORS,
  ...ARCHIVES,
  ...GIT,
  ...WEB,
  ...TRANSFER,
  ...NETWORK,
  ...FIREWALL,
  ...PROCESS,
  ...SERVICES,
  ...LOGS,
  ...USERS,
  ...DISKS,
  ...KERNEL,
  ...PACKAGES_OS,
  ...PACKAGES_DISTRIBUTIONS,
  ...PACKAGES_DEV,
  ...PACKAGES_LANGUAGES,
  ...PACKAGES_COMPILED,
  ...BUILD_TOOLS,
  ...LANGUAGES,
  ...DATABASES,
  ...DATABASE_TOOLS,
  ...CRYPTO,
  ...CERTIFICATES,
  ...EDITORS,
  ...DESKTOP,
  ...MACOS,
  ...MEDIA,
  ...MISCELLANEOUS,
  ...SMALLER,
];
