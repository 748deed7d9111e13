/** Entry of the worker thread for SQL that is too long or too deep to be parsed beside other requests. */
import { serveThread } from '../worker-thread.ts';
import { readAloud } from './reader.ts';

await serveThread(readAloud);
