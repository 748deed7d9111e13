/** A log that says nothing. */
export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
