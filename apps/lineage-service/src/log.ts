/** Where the service says what it does; a pino logger fits. */
export interface LineageLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
