/** Every program that works on infrastructure and services: clusters, clouds, secrets, backups, queues, pipelines. */
import type { Program } from '../program.ts';
import { AWS } from './aws.ts';
import { AZURE } from './azure.ts';
import { BACKUP } from './backup.ts';
import { BUSINESS } from './business.ts';
import { CICD } from './cicd.ts';
import { CLUSTERS } from './clusters.ts';
import { COMPOSE_PROGRAMS } from './compose.ts';
import { COORDINATION } from './coordination.ts';
import { DOCKER } from './docker.ts';
import { EDGES } from './edges.ts';
import { FORGES } from './forges.ts';
import { GCLOUD } from './gcloud.ts';
import { HELM_FAMILY } from './helm.ts';
import { IAC } from './iac.ts';
import { IMAGES } from './images.ts';
import { KAFKA } from './kafka.ts';
import { KUBECTL } from './kubectl.ts';
import { MANAGED_DATABASES } from './managed-databases.ts';
import { MESSAGING } from './messaging.ts';
import { MONITORING } from './monitoring.ts';
import { PLATFORMS } from './platforms.ts';
import { SECRETS } from './secrets.ts';
import { STORAGE } from './storage.ts';
import { TERRAFORM } from './terraform.ts';
import { WEB_PLATFORMS } from './web-platforms.ts';

export const INFRA_PROGRAMS: readonly Program[] = [
  ...KUBECTL,
  ...HELM_FAMILY,
  ...CLUSTERS,
  ...TERRAFORM,
  ...IAC,
  ...AWS,
  ...AZURE,
  ...GCLOUD,
  ...PLATFORMS,
  ...WEB_PLATFORMS,
  ...FORGES,
  ...SECRETS,
  ...DOCKER,
  ...COMPOSE_PROGRAMS,
  ...IMAGES,
  ...BACKUP,
  ...STORAGE,
  ...KAFKA,
  ...MESSAGING,
  ...COORDINATION,
  ...CICD,
  ...EDGES,
  ...MONITORING,
  ...BUSINESS,
  ...MANAGED_DATABASES,
];
