/** Every program that works on infrastructure and services: clusters, clouds, secrets, backups, queues, pipelines. */
import type { Program } from '../program.ts';

export const INFRA_PROGRAMS: readonly Program[] = [];
