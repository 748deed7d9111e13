export { createMemoryJournal } from './journal-memory.ts';
