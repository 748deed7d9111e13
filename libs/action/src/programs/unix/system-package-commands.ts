/** What package managers of operating systems have in common: packages bring code that is run, often as root. */
import type { Command } from '../program.ts';
import { showing } from './define.ts';

export const SHOW = showing('packages');

export const INSTALL: Command = {
  otherOptions: 'harmless',
  does: [
    {
      kind: 'code_execution',
      type: 'package',
      on: '*',
      evenWithout: true,
      why: 'a package brings code and runs its install scripts',
    },
  ],
};

export const UPGRADE: Command = {
  otherOptions: 'harmless',
  does: [
    {
      kind: 'code_execution',
      type: 'package',
      on: '*',
      evenWithout: true,
      scope: 'unbounded',
      why: 'puts new versions in place of what is installed',
    },
  ],
};

export const REMOVE: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'delete', type: 'package', on: '*', evenWithout: true, scope: 'unknown', why: 'what depends on it goes too' }],
};

export const REFRESH: Command = { otherOptions: 'harmless', does: [{ kind: 'write', type: 'system', name: 'package lists' }] };

export const CLEAN: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'write', type: 'system', name: 'package cache', why: 'removes downloads that can be fetched again' }],
};

export const SOURCES: Command = {
  otherOptions: 'harmless',
  does: [
    {
      kind: 'config_change',
      type: 'package source',
      on: '*',
      evenWithout: true,
      why: 'where packages come from, or which are trusted',
    },
  ],
};

export const FETCH: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'write', name: '.', scope: 'bounded', why: 'downloads packages' }],
};
