/** Where code lives and is built: GitHub, GitLab, Bitbucket, Jenkins, CircleCI, Argo CD, registries. */
import type { Api, Route } from './api.ts';

const GITHUB_REPOSITORY: readonly Route[] = [
  ['DELETE', '/repos/:owner/:repo', 'infra_destroy unbounded repository=:repo', 'the repository, its issues and its history'],
  ['PATCH', '/repos/:owner/:repo', 'config_change one repository=:repo'],
  ['POST', '/repos/:owner/:repo/transfer', 'privilege_change one repository=:repo', 'gives the repository away'],
  ['PUT|POST|PATCH|DELETE', '/repos/*/*/collaborators|keys|invitations|teams/**', 'privilege_change'],
  ['PUT|POST|PATCH|DELETE', '/repos/*/*/branches|rulesets/**', 'privilege_change', 'protection of branches'],
  ['POST|PATCH', '/repos/*/*/hooks/**', 'config_change one', 'sends events to where the body says'],
  ['DELETE', '/repos/*/*/hooks/**', 'infra_destroy one', 'others may rely on the hook'],
  ['PUT|POST|PATCH|DELETE', '/repos/*/*/actions/secrets|variables|permissions|runners/**', 'config_change one'],
  ['POST', '/repos/*/*/dispatches', 'code_execution one', 'starts a workflow'],
  ['POST', '/repos/*/*/actions/workflows/*/dispatches', 'code_execution one', 'starts a workflow'],
  ['POST|PUT', '/repos/*/*/actions|check-runs|check-suites/**', 'process_control one'],
  ['DELETE', '/repos/*/*/actions/runs|artifacts|caches/**', 'delete unknown', 'the record of a run'],
  ['PATCH', '/repos/*/*/git/refs/**', '@githubRef'],
  ['POST', '/repos/*/*/git/**', 'write one'],
  ['DELETE', '/repos/*/*/git/refs/**', 'delete unknown', 'a branch or tag; its commits may be nowhere else'],
  ['DELETE', '/repos/*/*/contents/**', 'delete one', 'a file, by a commit'],
  ['PUT', '/repos/*/*/contents/**', 'write one', 'a file, by a commit'],
  ['PUT', '/repos/*/*/pulls/:number/merge', 'infra_change one pull_request=:number', 'merges'],
  ['POST', '/repos/*/*/merges|merge-upstream', 'infra_change one', 'merges'],
  ['POST|PATCH|PUT', '/repos/*/*/issues|pulls|comments|labels|milestones|statuses|deployments/**', 'write one'],
  ['POST|PATCH', '/repos/*/*/releases/**', 'infra_change one', 'publishes'],
  ['DELETE', '/repos/*/*/issues|pulls|comments/**', 'delete one'],
  ['DELETE', '/repos/**', 'infra_destroy one'],
];

const GITHUB: Api = {
  name: 'GitHub',
  vendor: ['api.github.com', 'uploads.github.com'],
  starts: ['api/v3/repos'],
  base: ['api', 'v3'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/graphql', '@graphql'],
    ['POST', '/markdown/**', 'none'],
    ['POST|PATCH', '/gists/**', 'export', 'puts text where others can read it'],
    ['DELETE', '/gists/:id', 'delete one gist=:id'],
    ...GITHUB_REPOSITORY,
    ['PUT|POST|PATCH|DELETE', '/orgs|user|teams|enterprises|admin|app|applications/**', 'privilege_change'],
    ['POST|PATCH|PUT', '/**', 'infra_change one'],
    ['DELETE', '/**', 'infra_destroy one'],
  ],
};

const GITLAB: Api = {
  name: 'GitLab',
  vendor: ['gitlab.com'],
  labels: ['gitlab'],
  starts: ['api/v4'],
  base: ['api', 'v4'],
  routes: [
    ['GET|HEAD', '/projects|groups/:id/variables/**', 'secret_read bounded', 'variables of pipelines, with their values'],
    ['GET|HEAD', '/admin/ci/variables/**', 'secret_read bounded'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/api/graphql', '@graphql'],
    ['POST', '/markdown|ci/**', 'none'],
    ['POST', '/projects/*/ci/lint', 'none'],
    ['DELETE', '/projects/:id', 'infra_destroy unbounded project=:id', 'the project, its issues and its history'],
    ['DELETE', '/groups/:id', 'infra_destroy unbounded group=:id', 'the group and every project in it'],
    [
      'POST|PUT|DELETE',
      '/projects|groups/*/members|deploy_keys|deploy_tokens|access_tokens|share|invitations/**',
      'privilege_change',
    ],
    [
      'POST|PUT|PATCH|DELETE',
      '/projects/*/protected_branches|protected_tags|push_rule|approvals|approval_rules/**',
      'privilege_change',
    ],
    ['PUT', '/projects|groups/*/transfer', 'privilege_change'],
    ['POST|PUT|DELETE', '/users|user|application|applications|personal_access_tokens|admin/**', 'privilege_change'],
    ['POST|PUT', '/projects|groups/*/variables|hooks|integrations|services|triggers/**', 'config_change one'],
    ['POST', '/projects/*/trigger/pipeline', 'code_execution one', 'starts a pipeline'],
    ['POST', '/projects/*/pipeline', 'code_execution one', 'starts a pipeline'],
    ['POST', '/projects/*/pipeline_schedules/**', 'persistence one', 'runs a pipeline again and again'],
    ['POST', '/projects/*/pipelines|jobs/**', 'process_control one'],
    ['POST', '/projects/*/repository/commits', 'write bounded'],
    ['POST|PUT', '/projects/*/repository/files/**', 'write one'],
    ['POST', '/projects/*/repository/**', 'write one'],
    ['DELETE', '/projects/*/repository/merged_branches', 'delete bounded', 'branches whose commits are merged'],
    ['DELETE', '/projects/*/repository/**', 'delete unknown', 'a branch, a tag or a file'],
    ['PUT', '/projects/*/merge_requests/*/merge', 'infra_change one', 'merges'],
    ['POST|PUT', '/projects/*/issues|merge_requests|notes|labels|milestones|snippets|wikis|statuses|boards/**', 'write one'],
    ['PUT', '/projects/:id', 'config_change one project=:id'],
    ['POST|PUT|PATCH', '/**', 'infra_change one'],
    ['DELETE', '/**', 'infra_destroy one'],
  ],
};

const BITBUCKET: Api = {
  name: 'Bitbucket',
  vendor: ['api.bitbucket.org'],
  base: ['2.0'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/repositories/:owner/:repo', 'infra_destroy unbounded repository=:repo'],
    ['POST|PUT', '/repositories/*/*/issues|pullrequests|commit/**', 'write one'],
    ['POST|PUT', '/repositories/*/*/pipelines/**', 'code_execution one'],
    ['POST|PUT|DELETE', '/repositories/*/*/permissions-config|deploy-keys|branch-restrictions/**', 'privilege_change'],
    ['DELETE', '/**', 'infra_destroy one'],
    ['POST|PUT', '/**', 'infra_change one'],
  ],
};

/** Jenkins acts by verbs at the end of paths, most of them by POST but some by GET too. Folders nest, so any depth counts. */
const JENKINS: Api = {
  name: 'Jenkins',
  labels: ['jenkins', 'hudson'],
  segments: [
    'doDelete',
    'buildWithParameters',
    'scriptText',
    'createItem',
    'safeRestart',
    'quietDown',
    'crumbIssuer',
    'doWipeOutWorkspace',
  ],
  routes: [['*', '/**', '@jenkins']],
};

const CIRCLECI: Api = {
  name: 'CircleCI',
  vendor: ['circleci.com'],
  base: ['api', 'v2'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/project/*/*/*/pipeline|rerun/**', 'code_execution one', 'starts a pipeline'],
    ['POST', '/workflow|pipeline/**', 'process_control one'],
    ['POST|PUT|PATCH', '/**', 'config_change one'],
    ['DELETE', '/**', 'infra_destroy one'],
  ],
};

const ARGOCD: Api = {
  name: 'Argo CD',
  labels: ['argocd', 'argo-cd'],
  starts: ['api/v1/applications'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/api/v1/session', 'session'],
    ['DELETE', '/api/v1/applications/:app', 'infra_destroy unbounded application=:app', 'the application and what it runs'],
    ['DELETE', '/**', 'infra_destroy one'],
    ['POST|PUT|PATCH', '/**', 'infra_change one'],
  ],
};

const REGISTRY: Api = {
  name: 'container registry',
  labels: ['registry', 'harbor'],
  starts: ['v2/_catalog'],
  vendor: ['ghcr.io', 'quay.io', 'hub.docker.com', 'registry-1.docker.io'],
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/**', 'infra_destroy one', 'images that something may run'],
    ['POST|PUT|PATCH', '/v2/**', 'export one', 'pushes an image'],
    ['POST|PUT|PATCH', '/**', 'config_change one'],
  ],
};

export const FORGE_APIS: readonly Api[] = [GITHUB, GITLAB, BITBUCKET, JENKINS, CIRCLECI, ARGOCD, REGISTRY];
