/** Services of others that run a part of the business: clouds, DNS and CDN, payments, alarms, mail, feature flags, identity. */
import type { Api, Route } from './api.ts';

const READS: Route = ['GET|HEAD|OPTIONS', '/**', 'read bounded'];

/** The usual end of a table of a managed service: what is deleted there was set up by somebody, and something runs on it. */
const MANAGED: readonly Route[] = [
  READS,
  ['DELETE', '/**', 'infra_destroy one'],
  ['PUT|PATCH', '/**', 'infra_change one'],
  ['POST', '/**', 'infra_change one'],
];

const CLOUDFLARE: Api = {
  name: 'Cloudflare',
  vendor: ['api.cloudflare.com'],
  base: ['client', 'v4'],
  routes: [
    READS,
    ['DELETE', '/zones/:zone', 'infra_destroy unbounded zone=:zone', 'the zone and its records'],
    ['POST|DELETE', '/zones/:zone/purge_cache', 'process_control one zone=:zone', 'the origin gets the whole load'],
    ['POST|PUT|DELETE', '/user|accounts/*/tokens|members|roles/**', 'privilege_change'],
    ['PUT|POST', '/accounts/*/workers/scripts/**', 'code_execution one', 'publishes code'],
    ...MANAGED,
  ],
};

const STRIPE: Api = {
  name: 'Stripe',
  vendor: ['api.stripe.com'],
  base: ['v1'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/**', 'delete unknown', 'customers, subscriptions and the like hang on each other'],
    ['POST', '/refunds|transfers|payouts|charges|payment_intents|topups/**', 'infra_change one', 'moves money'],
    ['POST', '/webhook_endpoints|accounts|apps/**', 'config_change one'],
    ['POST', '/*/*/cancel|void|finalize|pay|refund|reject|close/**', 'infra_change one', 'cannot be taken back'],
    ['POST', '/**', 'infra_change one', 'changes an object of the payment system'],
  ],
};

const GRAFANA: Api = {
  name: 'Grafana',
  vendor: ['grafana.net', 'grafana.com'],
  labels: ['grafana'],
  starts: ['api/dashboards', 'api/datasources', 'api/ds/query'],
  base: ['api'],
  routes: [
    READS,
    ['POST', '/ds/query|tsdb|search|login/**', 'read bounded'],
    ['POST|PUT|PATCH|DELETE', '/admin|users|user|orgs|org|teams|auth|serviceaccounts|access-control/**', 'privilege_change'],
    ['DELETE', '/alerting|v1|alert-notifications|provisioning/**', 'log_tamper one', 'nobody is told any more'],
    ['DELETE', '/dashboards|folders|datasources|library-elements/**', 'infra_destroy one'],
    ['DELETE', '/annotations|snapshots/**', 'delete one'],
    ['POST|PUT|PATCH', '/dashboards|folders|annotations/**', 'write one'],
    ['POST|PUT|PATCH', '/datasources|alerting|provisioning|admin/**', 'config_change one'],
  ],
};

const DATADOG: Api = {
  name: 'Datadog',
  vendor: ['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com'],
  base: ['api'],
  routes: [
    READS,
    ['POST', '/*/logs|metrics|spans|rum|events/events|aggregate|query|search|list/**', 'read bounded'],
    ['POST', '/*/series|check_run|events|distribution_points|input|logs', 'write bounded'],
    ['POST|PUT', '/*/monitor/*/mute', 'log_tamper one', 'alarms go unheard'],
    ['POST', '/*/downtime', 'log_tamper one', 'alarms go unheard'],
    ['DELETE', '/*/monitor|synthetics|slo|logs|security_monitoring/**', 'infra_destroy one', 'nobody is told any more'],
    ...MANAGED,
  ],
};

const PAGERDUTY: Api = {
  name: 'PagerDuty',
  vendor: ['pagerduty.com'],
  routes: [
    READS,
    ['POST', '/v2/enqueue', 'write one', 'calls people'],
    ['POST', '/generic/**', 'write one', 'calls people'],
    ['POST', '/incidents/*/notes', 'write one'],
    ...MANAGED,
  ],
};

const MANAGED_NAMES: readonly (readonly [name: string, vendor: string])[] = [
  ['New Relic', 'api.newrelic.com api.eu.newrelic.com'],
  ['Opsgenie', 'api.opsgenie.com api.eu.opsgenie.com'],
  ['Sentry', 'sentry.io'],
  ['Splunk', 'splunkcloud.com'],
  ['LaunchDarkly', 'app.launchdarkly.com'],
  ['Split', 'api.split.io'],
  ['Unleash', 'app.unleash-hosted.com us.app.unleash-hosted.com'],
  ['Flagsmith', 'api.flagsmith.com'],
  ['SendGrid', 'api.sendgrid.com'],
  ['Mailgun', 'api.mailgun.net api.eu.mailgun.net'],
  ['Postmark', 'api.postmarkapp.com'],
  ['Mailchimp', 'api.mailchimp.com'],
  ['Twilio', 'api.twilio.com'],
  ['Fastly', 'api.fastly.com'],
  ['Vercel', 'api.vercel.com'],
  ['Netlify', 'api.netlify.com'],
  ['Heroku', 'api.heroku.com'],
  ['DigitalOcean', 'api.digitalocean.com'],
  ['Linode', 'api.linode.com'],
  ['Hetzner', 'api.hetzner.cloud'],
  ['Google Cloud', 'googleapis.com'],
  ['Azure', 'management.azure.com'],
  ['Okta', 'okta.com oktapreview.com'],
  ['Auth0', 'auth0.com'],
  ['Braintree', 'api.braintreegateway.com payments.braintree-api.com'],
  ['Square', 'connect.squareup.com'],
  ['PayPal', 'api-m.paypal.com api.paypal.com'],
  ['Adyen', 'adyen.com'],
  ['Shopify', 'myshopify.com'],
  ['Atlas', 'cloud.mongodb.com'],
  ['Terraform Cloud', 'app.terraform.io'],
  ['DNSimple', 'api.dnsimple.com'],
  ['GoDaddy', 'api.godaddy.com'],
  ['Namecheap', 'api.namecheap.com'],
  ['Apigee', 'apigee.com apigee.googleapis.com'],
  ['Atlassian', 'atlassian.net'],
  ['Notion', 'api.notion.com'],
  ['Linear', 'api.linear.app'],
  ['Supabase', 'supabase.co api.supabase.com'],
  ['Pulumi', 'api.pulumi.com'],
];

/** Model providers answer questions: the prompt goes out, so it stays a connection that is asked for. */
const MODELS: Api = {
  name: 'a model provider',
  vendor: [
    'api.openai.com',
    'api.anthropic.com',
    'generativelanguage.googleapis.com',
    'api.mistral.ai',
    'api.cohere.com',
    'openrouter.ai',
  ],
  routes: [READS, ['POST', '/**', 'network one', 'sends the prompt'], ['DELETE', '/**', 'delete unknown']],
};

const S3: Api = {
  name: 'S3',
  vendor: [
    's3.amazonaws.com',
    'storage.googleapis.com',
    'r2.cloudflarestorage.com',
    'digitaloceanspaces.com',
    'backblazeb2.com',
    'wasabisys.com',
  ],
  labels: ['s3', 'minio'],
  routes: [['*', '/**', '@s3']],
};

const AWS: Api = { name: 'AWS', vendor: ['amazonaws.com', 'amazonaws.com.cn'], routes: [['*', '/**', '@aws']] };

export const SERVICE_APIS: readonly Api[] = [
  S3,
  MODELS,
  CLOUDFLARE,
  STRIPE,
  GRAFANA,
  DATADOG,
  PAGERDUTY,
  AWS,
  ...MANAGED_NAMES.map(([name, vendor]) => ({ name, vendor: vendor.split(' '), routes: MANAGED })),
];
