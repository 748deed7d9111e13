/** Public servers in front of services: code forges, chat, documents, search, clusters, clouds, payments. */
import type { KnownServer } from './known.ts';

const GITHUB: KnownServer = {
  name: 'github',
  tools: [
    [
      'get_file_contents get_issue get_pull_request get_commit get_me get_tag get_release_by_tag get_latest_release issue_read',
      'read repository={owner}/{repo}',
      'path=text',
    ],
    [
      'list_commits list_issues list_branches list_tags list_releases list_pull_requests list_workflows list_workflow_runs',
      'read bounded repository={owner}/{repo}',
    ],
    [
      'search_code search_issues search_repositories search_users search_pull_requests search_orgs',
      'read bounded',
      'q=text query=text',
    ],
    [
      'get_pull_request_files get_pull_request_status get_pull_request_comments get_pull_request_reviews get_pull_request_diff',
      'read bounded repository={owner}/{repo}',
    ],
    [
      'pull_request_read get_issue_comments get_job_logs get_workflow_run get_workflow_run_logs list_notifications',
      'read bounded repository={owner}/{repo}',
    ],
    [
      'create_issue update_issue add_issue_comment issue_write sub_issue_write',
      'write repository={owner}/{repo}',
      'title=text body=text labels=text',
    ],
    [
      'create_pull_request update_pull_request create_pull_request_review add_comment_to_pending_review',
      'write repository={owner}/{repo}',
      'title=text body=text',
    ],
    ['update_pull_request_branch create_branch', 'write repository={owner}/{repo}', 'branch=text'],
    [
      'create_or_update_file push_files',
      'write bounded repository={owner}/{repo}',
      'path=text content=text message=text files=text',
    ],
    ['delete_file', 'delete repository={owner}/{repo}', 'path=text message=text'],
    ['merge_pull_request', 'infra_change repository={owner}/{repo}', 'commit_message=text commit_title=text'],
    ['create_repository fork_repository', 'infra_create repository={name}', 'name=text description=text'],
    ['run_workflow rerun_workflow_run rerun_failed_jobs', 'code_execution repository={owner}/{repo}', 'inputs=text'],
    ['cancel_workflow_run', 'process_control repository={owner}/{repo}'],
    ['delete_workflow_run_logs', 'log_tamper repository={owner}/{repo}'],
    ['create_gist update_gist', 'export', 'content=text files=text'],
    ['dismiss_notification mark_all_notifications_read', 'write'],
  ],
};

const GITLAB: KnownServer = {
  name: 'gitlab',
  tools: [
    [
      'get_file_contents search_repositories get_merge_request list_merge_requests list_issues get_issue get_project list_projects',
      'read bounded project={project_id}',
      'search=text',
    ],
    [
      'create_issue create_note create_merge_request update_merge_request update_issue',
      'write project={project_id}',
      'title=text description=text body=text',
    ],
    [
      'create_or_update_file push_files create_branch',
      'write bounded project={project_id}',
      'file_path=text content=text files=text',
    ],
    ['merge_merge_request', 'infra_change project={project_id}'],
    ['create_repository fork_repository', 'infra_create', 'name=text'],
    ['delete_issue', 'delete project={project_id}'],
  ],
};

const SLACK: KnownServer = {
  name: 'slack',
  tools: [
    [
      'slack_list_channels slack_get_channel_history slack_get_thread_replies slack_get_users slack_get_user_profile',
      'read bounded channel={channel_id}',
    ],
    ['slack_post_message slack_reply_to_thread', 'write channel={channel_id}', 'text=text'],
    ['slack_add_reaction', 'write channel={channel_id}', 'reaction=text'],
  ],
};

const GOOGLE_DRIVE: KnownServer = {
  name: 'google-drive',
  tools: [
    ['search gdrive_search', 'read bounded', 'query=text'],
    ['gdrive_read_file read_file get_file_content', 'read file={fileId}', 'fileId=text'],
  ],
};

const FETCH: KnownServer = {
  name: 'fetch',
  tools: [['fetch fetch_html fetch_json fetch_txt fetch_markdown', '', 'url=url max_length=text start_index=text raw=text']],
};

const SEARCHES: KnownServer = {
  name: 'web-search',
  tools: [
    [
      'brave_web_search brave_local_search brave_news_search brave_image_search web_search_exa tavily-search tavily_search',
      'read bounded',
      'query=text',
    ],
    ['firecrawl_scrape firecrawl_crawl firecrawl_map tavily-extract crawling_exa', '', 'url=url urls=url'],
    ['firecrawl_search resolve-library-id get-library-docs query-docs', 'read bounded', 'query=text libraryName=text topic=text'],
    [
      'maps_geocode maps_reverse_geocode maps_search_places maps_place_details maps_distance_matrix maps_elevation maps_directions',
      'read bounded',
      'address=text query=text',
    ],
  ],
};

const KUBERNETES: KnownServer = {
  name: 'kubernetes',
  tools: [
    [
      'kubectl_get kubectl_describe kubectl_logs list_api_resources explain_resource kubectl_context ping',
      'read bounded namespace={namespace}',
      'name=text',
    ],
    [
      'pods_list pods_list_in_namespace pods_get pods_log pods_top nodes_top events_list namespaces_list',
      'read bounded namespace={namespace}',
      'name=text',
    ],
    ['configuration_view', 'secret_read'],
    ['resources_get resources_list', 'read bounded + secret_read', 'name=text kind=text apiVersion=text'],
    [
      'kubectl_apply kubectl_create resources_create_or_update',
      'infra_change',
      'manifest=kubernetes resource=kubernetes filename=path:read',
    ],
    ['kubectl_delete resources_delete pods_delete', 'infra_destroy resource={name}', 'name=text resourceType=text manifest=text'],
    ['kubectl_scale kubectl_patch kubectl_rollout node_management', 'infra_change resource={name}', 'name=text'],
    ['kubectl_generic', 'opaque'],
    ['exec_in_pod pods_exec', 'code_execution pod={name}', 'command=argv'],
    ['pods_run', 'code_execution', 'image=text'],
    ['install_helm_chart upgrade_helm_chart helm_install', 'infra_change release={name}', 'chart=text repo=text values=text'],
    ['uninstall_helm_chart helm_uninstall', 'infra_destroy release={name}', 'name=text'],
    ['helm_list', 'read bounded'],
    ['port_forward stop_port_forward', 'network'],
    ['cleanup', 'process_control'],
  ],
};

const AWS: KnownServer = {
  name: 'aws',
  tools: [
    ['call_aws aws_cli use_aws', '', 'cli_command=shell command=shell'],
    [
      'suggest_aws_commands search_documentation read_documentation recommend retrieve_from_aws_kb',
      'read bounded',
      'query=text url=text search_phrase=text',
    ],
  ],
};

const DOCKER: KnownServer = {
  name: 'docker',
  tools: [
    ['list_containers list_images list_networks list_volumes fetch_container_logs', 'read bounded'],
    ['create_container run_container recreate_container', 'code_execution image={image}', 'image=text command=text'],
    ['start_container stop_container', 'process_control container={container_id}'],
    ['pull_image build_image', 'infra_create image={repository}'],
    ['push_image', 'export image={repository}'],
    ['remove_container remove_image remove_network', 'infra_destroy'],
    ['remove_volume', 'infra_destroy volume={volume_name}'],
    ['create_network create_volume', 'infra_create'],
  ],
};

const TICKETS: KnownServer = {
  name: 'tickets',
  tools: [
    [
      'linear_search_issues linear_get_user_issues list_issues get_issue list_projects list_teams search_issues',
      'read bounded',
      'query=text',
    ],
    [
      'jira_get_issue jira_search confluence_search confluence_get_page getJiraIssue searchJiraIssuesUsingJql',
      'read bounded',
      'jql=text query=text cql=text',
    ],
    ['notion-search notion-fetch API-post-search API-retrieve-a-page API-get-block-children', 'read bounded', 'query=text'],
    [
      'linear_create_issue linear_update_issue linear_add_comment create_issue update_issue create_comment',
      'write',
      'title=text description=text body=text',
    ],
    [
      'jira_create_issue jira_update_issue jira_add_comment confluence_create_page confluence_update_page createJiraIssue',
      'write',
      'summary=text description=text content=text',
    ],
    ['notion-create-pages notion-update-page API-patch-page API-post-page', 'write', 'content=text pages=text'],
    ['jira_delete_issue confluence_delete_page API-delete-a-block', 'delete'],
    ['get_sentry_issue find_issues get_issue_details search_events', 'read bounded', 'query=text'],
  ],
};

const STRIPE: KnownServer = {
  name: 'stripe',
  tools: [
    [
      'list_customers list_products list_prices list_invoices list_subscriptions list_disputes list_payment_intents list_coupons',
      'read bounded',
    ],
    ['retrieve_balance search_stripe_documentation search_stripe_resources fetch_stripe_resources', 'read bounded', 'query=text'],
    [
      'create_customer create_product create_price create_payment_link create_invoice create_invoice_item create_coupon',
      'infra_change',
      'name=text',
    ],
    ['create_refund finalize_invoice update_subscription update_dispute cancel_subscription', 'infra_change'],
  ],
};

export const SERVICE_SERVERS: readonly KnownServer[] = [
  GITHUB,
  GITLAB,
  SLACK,
  GOOGLE_DRIVE,
  FETCH,
  SEARCHES,
  KUBERNETES,
  AWS,
  DOCKER,
  TICKETS,
  STRIPE,
];
