/** `node apps/decision-service/dist/reference-main.js`: writes the generated pages of the documentation. */
import { writeFileSync } from 'node:fs';
import { referencePages } from './reference/pages.ts';

for (const [path, text] of Object.entries(referencePages())) {
  writeFileSync(new URL(`../../../${path}`, import.meta.url), text);
}
