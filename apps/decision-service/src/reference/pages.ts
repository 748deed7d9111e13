/** The pages of the documentation that are made from the product's own tables, by path below the project's folder. */
import { shippedPacks } from '@countersign/guardrails';
import { intentPage } from './intent-page.ts';
import { packsPage } from './packs-page.ts';
import { riskPage } from './risk-page.ts';

export function referencePages(): Readonly<Record<string, string>> {
  return { 'docs/packs.md': packsPage(shippedPacks()), 'docs/risk.md': riskPage(), 'docs/intent.md': intentPage() };
}
