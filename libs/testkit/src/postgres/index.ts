export { type Answer, type PostgresSession, connect } from './session.ts';
export { type PostgresServer, WITHOUT_POSTGRES, startPostgres } from './server.ts';
