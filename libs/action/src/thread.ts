/** Entry of the worker thread for actions that are too long, too deep or too odd to be read beside other requests. */
import type { ActionInput, Analysis } from './analysis.ts';
import { type Catalogue, EMPTY_CATALOGUE } from './catalogue.ts';
import { createDispatch } from './dispatch.ts';
import { prepareReaders, readersOf } from './readers.ts';
import { openPostgresThere } from './sql/there.ts';
import { serveThread } from './worker-thread.ts';

/** What the thread is asked; no catalogue means the empty one. */
export interface ReadingJob {
  readonly action: ActionInput;
  readonly catalogue: Catalogue | undefined;
}

await serveThread<ReadingJob, Analysis>(async () => {
  await prepareReaders('worker');
  const postgres = await openPostgresThere();
  const dispatch = createDispatch(readersOf(postgres.read), 'worker');
  return async ({ action, catalogue = EMPTY_CATALOGUE }) => {
    await postgres.renew();
    return dispatch(action, catalogue);
  };
});
