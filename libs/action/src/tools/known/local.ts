/** Public servers that work on the machine: files, git, shells, memory, time, browsers. */
import type { KnownServer } from './known.ts';

const FILESYSTEM: KnownServer = {
  name: 'filesystem',
  tools: [
    ['read_file read_text_file read_media_file get_file_info', '', 'path=path:read head=text tail=text'],
    ['read_multiple_files', '', 'paths=path:read'],
    [
      'list_directory list_directory_with_sizes directory_tree',
      'read bounded directory={path}',
      'path=text sortBy=text excludePatterns=text',
    ],
    ['search_files', 'read bounded directory={path}', 'path=text pattern=text excludePatterns=text'],
    ['list_allowed_directories', 'read'],
    ['write_file', '', 'path=path:write content=text'],
    ['edit_file', '', 'path=path:write edits=text dryRun=text'],
    ['create_directory', '', 'path=path:write'],
    ['move_file', '', 'source=path:write destination=path:write'],
    ['delete_file', '', 'path=path:delete'],
    ['delete_directory remove_directory', '', 'path=path:tree'],
  ],
};

const GIT: KnownServer = {
  name: 'git',
  tools: [
    [
      'git_status git_log git_branch',
      'read repository={repo_path}',
      'repo_path=text branch_type=word contains=word not_contains=word',
    ],
    [
      'git_diff git_diff_unstaged git_diff_staged git_show',
      'read repository={repo_path}',
      'repo_path=text target=word revision=word',
    ],
    ['git_add', 'write repository={repo_path}', 'repo_path=text files=word'],
    ['git_commit', 'write repository={repo_path}', 'repo_path=text message=text'],
    ['git_create_branch git_init', 'write repository={repo_path}', 'repo_path=text branch_name=word base_branch=word'],
    ['git_checkout', 'write repository={repo_path}', 'repo_path=text branch_name=word'],
    ['git_reset', 'write bounded repository={repo_path}', 'repo_path=text'],
    ['git_push', 'export repository={repo_path}', 'repo_path=text'],
  ],
};

const SHELL: KnownServer = {
  name: 'shell',
  tools: [
    ['run_command execute_command shell_execute shell run bash execute start_process', '', 'command=shell cmd=shell args=argv'],
    ['read_file', '', 'path=path:read'],
    ['write_file', '', 'path=path:write content=text'],
  ],
};

const DESKTOP_COMMANDER: KnownServer = {
  name: 'desktop-commander',
  tools: [
    ['execute_command start_process', '', 'command=shell timeout_ms=text shell=text'],
    ['interact_with_process', 'code_execution', 'input=text pid=text'],
    ['read_output read_process_output list_sessions list_processes get_config get_usage_stats list_searches', 'read', 'pid=text'],
    ['force_terminate kill_process', 'process_control process={pid}', 'pid=text'],
    ['set_config_value', 'config_change parameter={key}', 'key=text value=text'],
    ['read_file get_file_info', '', 'path=path:read'],
    ['read_multiple_files', '', 'paths=path:read'],
    ['write_file', '', 'path=path:write content=text mode=text'],
    ['edit_block', '', 'file_path=path:write old_string=text new_string=text'],
    ['create_directory', '', 'path=path:write'],
    ['list_directory search_files search_code start_search', 'read bounded directory={path}', 'path=text pattern=text'],
    ['move_file', '', 'source=path:write destination=path:write'],
  ],
};

const MEMORY: KnownServer = {
  name: 'memory',
  tools: [
    ['read_graph', 'read unbounded'],
    ['search_nodes open_nodes', 'read bounded', 'query=text names=text'],
    ['create_entities create_relations add_observations', 'write bounded', 'entities=text relations=text observations=text'],
    ['delete_entities delete_observations delete_relations', 'delete bounded', 'entityNames=text deletions=text relations=text'],
  ],
};

const TIME: KnownServer = {
  name: 'time',
  tools: [['get_current_time convert_time', 'none', 'timezone=text source_timezone=text target_timezone=text time=text']],
};

const THINKING: KnownServer = {
  name: 'sequential-thinking',
  tools: [
    [
      'sequentialthinking sequential_thinking',
      'none',
      'thought=text nextThoughtNeeded=text thoughtNumber=text totalThoughts=text branchId=text',
    ],
  ],
};

const EVERYTHING: KnownServer = {
  name: 'everything',
  tools: [
    [
      'echo add get-sum longRunningOperation getTinyImage get-tiny-image annotatedMessage structuredContent',
      'none',
      'message=text',
    ],
    ['printEnv get-env', 'secret_read bounded'],
    ['sampleLLM', 'network', 'prompt=text'],
    ['getResourceReference getResourceLinks', 'read'],
  ],
};

const PLAYWRIGHT: KnownServer = {
  name: 'playwright',
  tools: [
    ['browser_navigate', '', 'url=url'],
    [
      'browser_snapshot browser_console_messages browser_network_requests browser_tab_list browser_tabs browser_wait_for',
      'read',
      'text=text',
    ],
    ['browser_take_screenshot browser_pdf_save', 'write', 'filename=path:write'],
    [
      'browser_navigate_back browser_navigate_forward browser_resize browser_close browser_hover',
      'session',
      'element=text ref=text',
    ],
    [
      'browser_click browser_drag browser_press_key browser_select_option browser_handle_dialog',
      'network + write bounded',
      'element=text ref=text',
    ],
    ['browser_type browser_fill_form', 'network + write bounded', 'element=text ref=text text=text fields=text'],
    ['browser_file_upload', 'export', 'paths=path:read'],
    ['browser_evaluate browser_run_code', 'code_execution', 'function=text code=text'],
    ['browser_install', 'code_execution'],
  ],
};

const PUPPETEER: KnownServer = {
  name: 'puppeteer',
  tools: [
    ['puppeteer_navigate', '', 'url=url launchOptions=text'],
    ['puppeteer_screenshot', 'read', 'name=text selector=text'],
    ['puppeteer_hover', 'session', 'selector=text'],
    ['puppeteer_click puppeteer_fill puppeteer_select', 'network + write bounded', 'selector=text value=text'],
    ['puppeteer_evaluate', 'code_execution', 'script=text'],
  ],
};

export const LOCAL_SERVERS: readonly KnownServer[] = [
  FILESYSTEM,
  GIT,
  SHELL,
  DESKTOP_COMMANDER,
  MEMORY,
  TIME,
  THINKING,
  EVERYTHING,
  PLAYWRIGHT,
  PUPPETEER,
];
