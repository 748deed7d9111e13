/** What a pod may do: what it runs, and what it takes from the node that it runs on. */
import type { Effect, EffectTarget } from '@countersign/kernel';
import { type ReadContext, joinVia } from '../reader.ts';
import type { Findings } from './findings.ts';
import { type Json, type JsonObject, at, isObject, isOn, listAt, objectAt, textAt, textsAt } from './json.ts';
import { STRONG_CAPABILITIES, STRONG_PATHS } from './kinds.ts';

const SEARCH_NODES = 5000;

/** Pod specs anywhere in an object: in templates of workloads of any kind, known or not. */
export function podSpecs(value: Json): JsonObject[] {
  const found: JsonObject[] = [];
  const queue: Json[] = [value];
  for (let seen = 0; queue.length > 0 && seen < SEARCH_NODES; seen += 1) {
    const here = queue.pop();
    if (Array.isArray(here)) queue.push(...(here as readonly Json[]));
    else if (isObject(here)) {
      if (listAt(here, 'containers').some(isObject) || listAt(here, 'initContainers').some(isObject)) found.push(here);
      else if (isObject(at(here, 'container')) && textAt(here, 'container', 'image') !== '')
        found.push({ ...here, containers: [objectAt(here, 'container')] });
      else if (listAt(here, 'steps').some((step) => textAt(step, 'image') !== ''))
        found.push({ ...here, containers: listAt(here, 'steps') });
      queue.push(...Object.values(here));
    }
  }
  return found;
}

export function containersOf(spec: JsonObject): JsonObject[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) => listAt(spec, key).filter(isObject));
}

export function imagesOf(specs: readonly JsonObject[]): EffectTarget[] {
  const names = new Set(specs.flatMap(containersOf).map((container) => textAt(container, 'image')));
  return [...names].filter((name) => name !== '').map((name) => ({ type: 'image', name }));
}

export function podEffects(spec: JsonObject, findings: Findings, cx: ReadContext): void {
  for (const space of ['hostPID', 'hostIPC', 'hostUsers']) {
    if (space !== 'hostUsers' && isOn(at(spec, space)))
      findings.add('privilege_change', { at: space, why: 'shares a space with the node' });
  }
  if (isOn(at(spec, 'hostNetwork')))
    findings.add('privilege_change', { at: 'hostNetwork', why: 'shares the network of the node' });
  securityEffects(objectAt(spec, 'securityContext'), findings);
  for (const volume of listAt(spec, 'volumes')) {
    const path = at(volume, 'hostPath');
    if (path !== undefined) hostPathEffect(textAt(path, 'path'), findings);
  }
  for (const container of containersOf(spec)) {
    securityEffects(objectAt(container, 'securityContext'), findings);
    commandEffects(container, findings, cx);
    for (const port of listAt(container, 'ports')) {
      if (textAt(port, 'hostPort') !== '') findings.add('network', { at: 'hostPort', why: 'opens a port of the node' });
    }
  }
}

export function hostPathEffect(path: string, findings: Findings): void {
  const strong = path === '' || STRONG_PATHS.test(path) || path.includes('..');
  findings.add('privilege_change', {
    scope: strong ? 'unbounded' : 'one',
    targets: [{ type: 'host_path', name: path }],
    at: 'hostPath',
    why: strong ? 'gives it the files of the node' : 'gives it a folder of the node',
  });
}

function securityEffects(security: JsonObject, findings: Findings): void {
  if (isOn(at(security, 'privileged'))) {
    findings.add('privilege_change', { scope: 'unbounded', at: 'privileged', why: 'a privileged container is root on the node' });
  }
  const strong = textsAt(security, 'capabilities', 'add').filter((name) =>
    STRONG_CAPABILITIES.has(name.toUpperCase().replace(/^CAP_/, '')),
  );
  if (strong.length > 0) {
    findings.add('privilege_change', {
      targets: strong.map((name) => ({ type: 'capability', name })),
      at: strong[0] ?? '',
      why: 'a capability that reaches out of the container',
    });
  }
  if (
    textAt(security, 'seccompProfile', 'type') === 'Unconfined' ||
    textAt(security, 'appArmorProfile', 'type') === 'Unconfined'
  ) {
    findings.add('privilege_change', { at: 'Unconfined', why: 'no longer confined by the kernel' });
  }
  if (textAt(security, 'procMount') === 'Unmasked' || isOn(at(security, 'windowsOptions', 'hostProcess'))) {
    findings.add('privilege_change', { at: 'procMount', why: 'sees the processes of the node' });
  }
}

/** What a container is told to run. What cannot be read of it is code that runs, no more and no less. */
function commandEffects(container: JsonObject, findings: Findings, cx: ReadContext): void {
  const name = textAt(container, 'name');
  const via = `container ${name}`.trim();
  const hooks = [
    objectAt(container, 'lifecycle', 'postStart'),
    objectAt(container, 'lifecycle', 'preStop'),
    objectAt(container, 'livenessProbe'),
    objectAt(container, 'readinessProbe'),
    objectAt(container, 'startupProbe'),
  ];
  const lines = [
    [...textsAt(container, 'command'), ...textsAt(container, 'args')],
    ...hooks.map((hook) => textsAt(hook, 'exec', 'command')),
  ];
  for (const words of lines) if (words.length > 0) runEffects(words.map(quoted).join(' '), words[0] ?? '', via, findings, cx);
  const script = textAt(container, 'script') || textAt(container, 'source');
  if (script !== '') runEffects(script, script.slice(0, 40).split('\n')[0] ?? '', via, findings, cx);
}

export function runEffects(text: string, at: string, via: string, findings: Findings, cx: ReadContext): void {
  const inner = cx.embedded({ kind: 'shell', text });
  const span = findings.spanOf(at);
  const known: Effect[] = [];
  let unread = false;
  for (const effect of inner.effects) {
    if (effect.kind === 'opaque' || effect.kind === 'code_execution') unread = true;
    else if (effect.kind !== 'none' && effect.kind !== 'read') known.push({ ...effect, span, via: joinVia(via, effect.via) });
  }
  findings.take(known);
  if (unread) findings.add('code_execution', { via, at, why: 'a program of the image, or one that is not known, runs' });
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
