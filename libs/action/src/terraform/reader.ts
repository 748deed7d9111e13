/**
 * Plans of infrastructure → effects. Only the machine's form of a plan is proof of what would change; a configuration (HCL) and the
 * output that people read are opaque.
 */
import { type ActionInput, type Analysis, analysisOf, opaqueEffect, unreadable } from '../analysis.ts';
import { type Json, isObject, textAt } from '../kubernetes/json.ts';
import { type Inner, NotHere, type ReadContext, pointed } from '../reader.ts';
import { condensed } from './change.ts';
import { Places } from './places.ts';
import { isPlan, isState, lineEffects, objectsOf, planEffects } from './plan.ts';
import { isPreview, previewEffects } from './pulumi.ts';

const HERE_UNITS = 128 * 1024;
const TEXT_UNITS = 32 * 1024 * 1024;
const LINES = 20_000;

export function readTerraform(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const text = textOf(action);
  if (text.length > TEXT_UNITS) return unreadable(action.text, 'the plan is too long to be read');
  if (text.length > HERE_UNITS && cx.place === 'here') throw new NotHere();
  if (!/^\s*[{[]/.test(text)) return unreadable(action.text, proseOrHcl(text));
  const lines = objectsOf(text, LINES);
  if (lines !== undefined) {
    const found = lineEffects(lines, new Places(text, 0), cx);
    return found === undefined ? unreadable(action.text, 'JSON lines that are no plan') : finished(found, text, action);
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return unreadable(action.text, 'not a plan: the JSON cannot be read');
  }
  if (!isObject(value)) return unreadable(action.text, 'not a plan');
  const places = new Places(text, text.indexOf('"resource_changes"'));
  if (isPlan(value)) return finished(planEffects(value, places, cx), text, action);
  if (isPreview(value)) return finished(previewEffects(value, places, cx), text, action);
  if (isState(value)) return finished([{ ...nothing(text), kind: 'read', why: 'a state, not a plan' }], text, action);
  return unreadable(action.text, `not a plan${textAt(value, 'format_version') === '' ? '' : ' of a form that is known'}`);
}

function textOf(action: ActionInput | Inner): string {
  if (action.text.trim() !== '' || action.payloadJson === undefined) return action.text;
  return new TextDecoder().decode(action.payloadJson);
}

function proseOrHcl(text: string): string {
  if (
    /will be (?:created|destroyed|updated|replaced|read)|must be replaced|^Plan: \d|perform the following actions/m.test(text)
  ) {
    return 'what people read of a plan is no proof: give the JSON of the plan (show -json)';
  }
  if (
    /^\s*(?:resource|module|provider|data|variable|output|locals|terraform|import|moved|removed|check|#|\/\/|\/\*)/m.test(text)
  ) {
    return 'a configuration, not a plan: what it would change depends on what is there; give the JSON of the plan (show -json)';
  }
  return 'not the JSON of a plan (show -json)';
}

function finished(effects: Analysis['effects'], text: string, action: ActionInput | Inner): Analysis {
  const all = text === action.text ? condensed(effects) : pointed(condensed(effects), { start: 0, end: action.text.length }, '');
  return analysisOf(all.length === 0 ? [{ ...nothing(text), why: 'the plan changes nothing' }] : all);
}

function nothing(text: string): Analysis['effects'][number] {
  return { ...opaqueEffect({ start: 0, end: text.length }, ''), kind: 'none', scope: 'one', reversible: 'yes' };
}
