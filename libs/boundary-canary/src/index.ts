/** Two forbidden imports: a project that this type may not import, and a driver outside its home. */
import { TOPICS } from '@countersign/ports';
import { open } from 'lmdb';

export const BROKEN = [TOPICS, open];
