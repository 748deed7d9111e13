/** Command lines of code forges: gh, glab, tea. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const API_OPTIONS =
  '-X|--method= -f|--raw-field= -F|--field= --input= -H|--header= --hostname= --jq|-q= -t|--template= --paginate --slurp -i|--include --cache= -p|--preview= --silent --verbose';

export const FORGES: readonly Program[] = [
  service({
    names: 'gh',
    options: `-R|--repo= ${API_OPTIONS} -L|--limit= --json= -s|--state= -l|--label= -a|--assignee= -A|--author= -b|--body= -B|--base= --title= --body-file= -m|--merge -r|--rebase --squash -d|--delete-branch --admin --auto -w|--web -y|--yes --confirm --org= -o --user= -e|--env= --app= --visibility= --match-head-commit= --branch= --name= -n -u --log --log-failed --job= --ref= --comments -c|--comment= --reason= -D|--dir= --pattern= --cleanup-tag --all --key= -S|--search= -t --show-token -g --scopes= --skip-ssh-key --with-token --exit-status --watch`,
    cases: {
      'api if @1=graphql': 'opaque: a GraphQL request to any part of the service',
      'api if -X=GET|get|HEAD|head': 'read',
      'api if -X=DELETE|delete': 'infra_destroy unknown: a request to any part of the service',
      'api if -X|-f|-F|--input': 'infra_change unknown: a request to any part of the service',
      api: 'read',
      'auth status if --show-token|-t': 'secret_read',
      'release delete if --cleanup-tag': 'infra_destroy + history_rewrite',
      'browse|repo view|pr view|issue view if --web': 'read',
      'pr merge if -d': 'infra_change + infra_destroy: the branch is removed',
    },
    paths: {
      'auth token': 'secret_read',
      'auth status|status|browse|alias list|config get|config list|extension list|extension search|extension browse|completion|mintty|help|version|preview prompter|agent-task list|agent-task view|accessibility|reference|environment|formatting|exit-codes|actions|licenses':
        'read',
      'auth login|auth logout|auth refresh|auth switch|auth setup-git': 'identity_change',
      'alias set|alias import|alias delete|config set|config clear-cache|codespace code': 'config_change',
      'extension install|extension upgrade|extension exec|ext install|ext upgrade': 'code_execution: extensions are programs',
      'extension remove|ext remove|extension create': 'config_change',
      'pr list|pr view|pr status|pr checks|pr diff|issue list|issue view|issue status|repo list|repo view|repo license list|repo gitignore list|repo deploy-key list|repo autolink list|repo autolink view|release list|release view|run list|run view|run watch|workflow list|workflow view|gist list|gist view|secret list|variable list|variable get|label list|ssh-key list|gpg-key list|cache list|ruleset list|ruleset view|ruleset check|rs list|rs view|rs check|org list|project list|project view|project item-list|project field-list|search|search repos|search issues|search prs|search code|search commits|codespace list|codespace view|codespace logs|codespace ports|cs list|attestation verify|attestation trusted-root|release verify|release verify-asset|models list|models view':
        'read',
      'release download|run download|repo clone|gist clone|attestation download|pr checkout|co|repo sync --help|codespace cp':
        'read + write',
      'repo sync|repo set-default|repo rename|repo edit|repo archive|repo unarchive|pr edit|pr ready|pr close|pr reopen|pr comment|pr review|pr lock|pr unlock|pr update-branch|issue edit|issue close|issue reopen|issue comment|issue transfer|issue pin|issue unpin|issue lock|issue unlock|issue develop|label edit|label clone|release edit|release upload|project edit|project close|project copy|project link|project unlink|project item-edit|project item-archive|project mark-template|gist edit|gist rename|codespace edit|variable set|pr revert':
        'infra_change',
      'pr merge': 'infra_change',
      'secret set': 'privilege_change',
      'pr create|issue create|repo create|repo fork|release create|label create|project create|project item-add|project item-create|project field-create|codespace create|repo autolink create|agent-task create':
        'infra_create',
      'gist create': 'export: the content leaves for a gist',
      'repo deploy-key add|repo deploy-key delete|ssh-key add|gpg-key add': 'privilege_change',
      'repo delete': 'infra_destroy unbounded: the repository with its issues, releases and history',
      'project delete|codespace delete|cs delete': 'infra_destroy unbounded',
      'issue delete|release delete|release delete-asset|label delete|secret delete|secret remove|variable delete|variable remove|gist delete|cache delete|run delete|project item-delete|project field-delete|repo autolink delete|ssh-key delete|gpg-key delete':
        'infra_destroy',
      'workflow run|run rerun': 'code_execution: starts a workflow',
      'run cancel|codespace stop|codespace rebuild': 'process_control',
      'workflow disable|workflow enable': 'infra_change',
      'codespace ssh|codespace jupyter|cs ssh': 'code_execution: a shell on another machine',
      'codespace ports forward': 'network',
      'codespace ports visibility': 'privilege_change',
      'copilot explain|copilot suggest|copilot|models run|models eval': 'network: the question goes to a model',
    },
    everything: '--all',
    flags: { '--hostname': 'network: another server than the one that is set up' },
  }),
  service({
    names: 'glab',
    options: `-R|--repo= ${API_OPTIONS} -g|--group= -P|--per-page= --page= -a|--all -l|--label= -s|--scope= -v|--value= -k|--key= -m|--message= -d -y|--yes -b|--branch= --title= --description= --source-branch= --target-branch= -r`,
    cases: {
      'api if @1=graphql': 'opaque: a GraphQL request to any part of the service',
      'api if -X=GET|get|HEAD|head': 'read',
      'api if -X=DELETE|delete': 'infra_destroy unknown: a request to any part of the service',
      'api if -X|-f|-F|--input': 'infra_change unknown: a request to any part of the service',
      api: 'read',
    },
    paths: {
      'variable get|variable export|token list': 'secret_read',
      'auth status|variable list|mr list|mr view|mr diff|mr approvers|mr issues|issue list|issue view|issue board view|repo list|repo view|repo search|repo contributors|project list|project view|project search|release list|release view|ci list|ci view|ci status|ci trace|ci lint|ci get|ci config compile|pipeline list|pipeline status|pipe list|schedule list|label list|label get|user events|ssh-key list|ssh-key get|deploy-key list|deploy-key get|snippet list|incident list|incident view|milestone list|milestone get|iteration list|cluster agent list|job artifact|changelog generate|check-update|version|completion|help|config get|config list|alias list|securefile list|stack list|runner list|gpg-key list|opentofu state list|work-items list|attestation verify':
        'read',
      'repo clone|release download|mr checkout|repo archive|securefile download': 'read + write',
      'repo delete|project delete': 'infra_destroy unbounded: the repository with its issues, releases and history',
      'ssh-key add|deploy-key add|repo members add|repo members remove|token create|token rotate|project members add|cluster agent get-token|repo transfer|variable set|variable update':
        'privilege_change',
      'ci run|pipeline run|ci run-trig|ci trigger|ci retry|schedule run|pipeline retry': 'code_execution: starts a pipeline',
      'ci cancel|pipeline cancel|job cancel': 'process_control',
      'ci delete|pipeline delete|schedule delete|variable delete|release delete|issue delete|mr delete|label delete|ssh-key delete|deploy-key delete|milestone delete|snippet delete|token revoke|securefile remove|opentofu state delete|repo mirror|runner delete|job erase|gpg-key delete':
        'infra_destroy',
      'mr merge|mr approve|mr revoke|mr close|mr reopen|mr update|mr note|mr rebase|mr todo|mr subscribe|mr unsubscribe|issue close|issue reopen|issue update|issue note|issue subscribe|repo fork|repo update|release upload|label edit|schedule update':
        'infra_change',
      'auth login|auth logout|auth docker-helper': 'identity_change',
      'alias set|alias delete|config set|config edit|cluster agent update-kubeconfig': 'config_change',
      'snippet create': 'export',
      'duo ask': 'network: the question goes to a model',
    },
    flags: { '--hostname': 'network: another server than the one that is set up' },
  }),
  service({
    names: 'tea jira lab',
    options: '-r|--repo= -l|--login= -o|--output= -R --state= -p',
    paths: {
      'login list|logins list|issues|pulls|releases|repos|labels|milestones|notifications|organizations|times|pr list|pr show|issue list|issue show|ci-status|issue view|sprint list|board list|project list|me|epic list|browse':
        'read',
      api: 'opaque: a request to any part of the service',
      'delete|repos delete|repo delete': 'infra_destroy unbounded',
    },
  }),
];
