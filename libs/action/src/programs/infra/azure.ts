/** az and the tools around Azure: the verb is the last word before the options. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const OPTIONS = `-g|--resource-group= -n|--name= -o|--output= --query= --subscription= --only-show-errors --verbose --debug -y|--yes --no-wait --ids= -l|--location=
  --account-name= --account-key= --sas-token= --connection-string= --auth-mode= --vault-name= --id= -u|--username= -p|--password= -t|--tenant= -m|--method= --uri|--url= -b|--body= --headers= --scripts=
  --command-id= --service-principal --identity --dry-run? --dryrun --what-if -w --file= -f --source= -s --destination= -d --container-name= -c --pattern= --delete-snapshots= --snapshot= --prefix= --table-name= --partition-key= --row-key=
  --assignee= --role= --scope= --namespace= --server= --organization= --project= --pool-id= --allow-delete? --force`;

const VERBS: Readonly<Record<string, string>> = {
  'list|show|get|check|exists|wait|validate|query|what-if|list-usages|version|peek|find|receive|download|browse|tail|diff|search|export-template':
    'read',
  'delete|remove|purge|revoke|detach|disassociate|unregister|uninstall|clear|empty|unset|deallocate|disable|abort|destroy|unlink|redact|reset|untag|break|release':
    'infra_destroy',
  'create|add|register|new|install|import|generate|copy|clone|provision|attach|up|put|init|issue|upload|batch|upload-batch|capture|deploy-new|submit|append':
    'infra_create',
  'update|set|edit|apply|move|enable|assign|deploy|restore|rotate|renew|regenerate|resize|scale|upgrade|sync|swap|patch|replace|configure|failover|lock|unlock|resume-resource|invalidate|convert|rename|tag|merge|approve|reject|promote|extend|redeploy|reimage|accept|link|grow|migrate|undelete|recover|associate|rebuild|perform|change|ping-test|config-set|simulate':
    'infra_change',
  'start|stop|restart|cancel|pause|resume|suspend|kill|power|reapply|redeploy-vm': 'process_control',
  'run|invoke|exec|execute|ssh': 'code_execution: runs what is not in this text',
  'login|logout': 'identity_change',
  'connect|tunnel|rdp|bastion-ssh': 'network',
};

export const AZURE: readonly Program[] = [
  service({
    names: 'az',
    runs: [{ as: 'shell', from: '--scripts', when: '@0=vm|vmss @1=run-command', at: { type: 'host', on: '-n' } }],
    options: OPTIONS,
    ownVerbsOnly: true,
    compound: true,
    depth: 7,
    secretVerbs: /credential|connection-string|access-token|access-key|publishing|list-keys|list-secrets|password/,
    rehearsal: '--what-if|--dryrun|--dry-run',
    verbs: VERBS,
    cases: {
      'rest if -m=get|GET|Get|head|HEAD': 'read',
      'rest if !-m !-b': 'read',
      'rest if -m=delete|DELETE|Delete': 'infra_destroy unknown: a request to any part of the cloud',
    },
    paths: {
      'version|help|feedback|survey': 'none',
      interactive: 'opaque: what is done in it is not in this text',
      'upgrade|extension add|extension update|extension remove|bicep install|bicep upgrade|configure|config set|config unset|cloud set|cloud register|cloud unregister|cloud update|account set|account clear|cache purge|config param-persist on|config param-persist off|devops configure':
        'config_change',
      'bicep uninstall': 'infra_destroy',
      'bicep build|bicep decompile|bicep lint|bicep format|bicep version|bicep list-versions': 'read',
      'account get-access-token|acr login|acr credential show|acr token credential generate|acr credential renew': 'secret_read',
      'account show|account list|account list-locations|account tenant list': 'read',
      'keyvault secret show|keyvault secret download|keyvault secret backup|keyvault key download|keyvault key backup|keyvault certificate download|keyvault key decrypt|keyvault backup start':
        'secret_read',
      'keyvault secret list|keyvault secret list-versions|keyvault secret list-deleted|keyvault secret show-deleted|keyvault key list|keyvault key show|keyvault certificate show|keyvault certificate list|keyvault key encrypt':
        'read',
      'keyvault purge|keyvault secret purge|keyvault key purge|keyvault certificate purge':
        'infra_destroy unbounded: cannot be recovered any more',
      'keyvault set-policy|keyvault delete-policy|keyvault role assignment create|keyvault role assignment delete|keyvault network-rule add|keyvault network-rule remove':
        'privilege_change',
      'storage account keys list|storage account show-connection-string|storage account generate-sas|storage container generate-sas|storage blob generate-sas|storage share generate-sas|storage queue generate-sas|storage table generate-sas|cosmosdb keys list|cosmosdb list-connection-strings|redis list-keys|servicebus namespace authorization-rule keys list|eventhubs namespace authorization-rule keys list|servicebus queue authorization-rule keys list|servicebus topic authorization-rule keys list|eventhubs eventhub authorization-rule keys list|cognitiveservices account keys list|batch account keys list|search admin-key show|search query-key list|iot hub connection-string show|iot hub device-identity connection-string show|signalr key list|maps account keys list|relay namespace authorization-rule keys list|webapp deployment list-publishing-profiles|webapp deployment list-publishing-credentials|functionapp keys list|functionapp function keys list|webapp config connection-string list|aks get-credentials|ad sp create-for-rbac|ad sp credential reset|ad app credential reset|sql db show-connection-string|appconfig credential list|grafana api-key create|apim subscription keys list|eventgrid topic key list|monitor log-analytics workspace get-shared-keys|openai keys list|webpubsub key show|communication list-key|containerapp secret show|vmss run-command show-secret':
        'secret_read',
      'storage account keys renew|cosmosdb keys regenerate|redis regenerate-keys|ad app credential delete|ad sp credential delete':
        'privilege_change',
      'role assignment create|role assignment delete|role assignment update|role definition create|role definition update|role definition delete|ad app permission add|ad app permission grant|ad app permission admin-consent|ad app permission delete|ad group member add|ad group member remove|ad group owner add|ad app owner add|ad sp create|ad user create|ad user update|ad app create|ad app update|identity assign|vm identity assign|vm identity remove|webapp identity assign|functionapp identity assign|vmss identity assign|aks enable-aad|network nsg rule create|network nsg rule update|network nsg rule delete|storage container set-permission|storage account network-rule add|storage account network-rule remove|storage container policy create|sql server ad-admin create|sql server firewall-rule create|postgres flexible-server firewall-rule create|postgres server firewall-rule create|mysql flexible-server firewall-rule create|policy assignment create|policy assignment delete|policy assignment update|policy definition create|policy definition delete|vm user update|vm user delete|vm user reset-ssh|acr update|devops security permission update|devops security group membership add|devops user add|devops user update':
        'privilege_change',
      'lock delete|group lock delete|resource lock delete|account lock delete':
        'privilege_change: what it guarded can be removed',
      'group delete|ad tenant delete|account subscription cancel|sql server delete|sql db delete|sql mi delete|cosmosdb delete|cosmosdb sql database delete|cosmosdb sql container delete|cosmosdb mongodb database delete|cosmosdb mongodb collection delete|cosmosdb table delete|postgres flexible-server delete|postgres server delete|postgres flexible-server db delete|mysql flexible-server delete|mysql server delete|mysql flexible-server db delete|mariadb server delete|redis delete|storage account delete|storage container delete|storage share delete|storage table delete|storage queue delete|storage fs delete|storage share-rm delete|keyvault delete|aks delete|acr delete|acr repository delete|disk delete|snapshot delete|network vnet delete|network dns zone delete|network private-dns zone delete|servicebus namespace delete|eventhubs namespace delete|servicebus queue delete|servicebus topic delete|eventhubs eventhub delete|backup vault delete|functionapp delete|webapp delete|appservice plan delete|repos delete|devops project delete|deployment-stack delete|stack group delete|stack sub delete|monitor log-analytics workspace delete|search service delete|iot hub delete|synapse workspace delete|synapse sql pool delete|batch account delete|containerapp delete|containerapp env delete|container delete|staticwebapp delete|hdinsight delete|databricks workspace delete|kusto cluster delete|kusto database delete|vmss delete|cognitiveservices account delete|apim delete|appconfig delete|cdn profile delete|cdn endpoint delete|afd profile delete|afd endpoint delete':
        'infra_destroy unbounded: with everything in it',
      'storage blob delete-batch|storage file delete-batch|storage blob directory delete|storage remove|storage fs directory delete|storage directory delete':
        'delete unbounded',
      'storage blob delete|storage file delete|storage entity delete|storage message delete|storage fs file delete':
        'delete unknown: what stands behind the name is not known here',
      'storage message clear': 'delete unbounded: every message of the queue',
      'storage blob upload|storage blob upload-batch|storage file upload|storage file upload-batch|storage fs file upload|storage fs directory upload|storage blob directory upload|storage copy|storage blob copy start|storage blob copy start-batch|storage file copy start|storage blob sync|storage azcopy blob upload|storage azcopy blob sync':
        'export',
      'storage blob download|storage blob download-batch|storage file download|storage file download-batch|storage fs file download|storage blob show|storage blob list':
        'read',
      'storage entity insert|storage entity merge|storage entity replace|storage message put|storage message update': 'write one',
      'storage message peek|storage message get|storage entity query|storage entity show': 'read',
      'vm run-command invoke|vm run-command create|vmss run-command invoke|vm extension set|vmss extension set|container exec|containerapp exec|webapp ssh|vm auto-shutdown|functionapp function invoke|aks command invoke|automation runbook start|acr run|acr build|acr task run|pipelines run|pipelines build queue|ml job create|spring app exec|ssh vm|sql db op invoke|webapp create-remote-connection|serial-console connect':
        'code_execution: runs what is not in this text',
      'deployment group create|deployment sub create|deployment mg create|deployment tenant create|deployment create|stack group create|stack sub create':
        'infra_change unknown: what the template holds is not in this text',
      'deployment group what-if|deployment sub what-if|deployment mg what-if|deployment group validate|deployment sub validate|deployment mg validate|group export|deployment group export':
        'read',
      'monitor diagnostic-settings delete|monitor diagnostic-settings update|monitor log-profiles delete|monitor log-profiles update|monitor activity-log alert delete|sql server audit-policy update|sql db audit-policy update|security auto-provisioning-setting update|monitor log-analytics workspace table delete|monitor log-analytics workspace data-export delete|sentinel alert-rule delete':
        'log_tamper',
      'sql db export|sql midb log-replay start|appconfig kv export|disk grant-access|snapshot grant-access|network watcher packet-capture create':
        'export',
      'appconfig kv list|appconfig kv show': 'read',
      'appconfig kv delete|appconfig feature delete|appconfig kv restore': 'infra_destroy',
      'vm deallocate|aks stop|aks start|vm stop|vm start|vm restart|vm redeploy|vmss deallocate|postgres flexible-server stop|webapp restart':
        'process_control',
      'resource delete': 'infra_destroy',
      rest: 'opaque: a request of any method to any part of the cloud',
      'devops invoke': 'opaque: a request of any method to any part of the service',
      'aks nodepool delete|aks nodepool scale': 'infra_destroy',
      'bot publish': 'infra_change',
      'network watcher run-configuration-diagnostic|network watcher test-connectivity|network watcher show-next-hop|network watcher test-ip-flow|vm list-ip-addresses|vm get-instance-view|webapp log tail|webapp log download|containerapp logs show|container logs|aks check-acr|ml job stream|acr check-health|acr repository show-tags|acr manifest list-metadata|graph query|monitor metrics list|monitor log-analytics query|pipelines runs list|pipelines runs show|repos pr list|repos pr show|boards query|boards work-item show|costmanagement query|consumption usage list':
        'read',
    },
  }),
  service({
    names: 'azcopy',
    options:
      '--recursive? --delete-destination= --include-pattern= --exclude-pattern= --dry-run --from-to= --overwrite= --log-level= --put-md5 --cap-mbps=',
    ownVerbsOnly: true,
    paths: {
      'copy|cp|c': 'copy',
      'sync|sc|s': 'sync',
      'remove|rm|r': 'remove',
      'make|mk': 'infra_create',
      'list|ls|l|jobs list|jobs show|env|bench|doc': 'read',
      'jobs remove|jobs clean|jobs rm': 'delete',
      'jobs resume': 'export',
      'login|logout': 'identity_change',
      'set-properties': 'infra_change',
    },
    rehearsal: '--dry-run',
    transfer: { remote: /^https?:\/\//i, recursive: '--recursive', mirror: '--delete-destination' },
  }),
  service({
    names: 'func',
    options: '--name= --template= --slot= -p|--port=',
    paths: {
      'azure functionapp publish': 'infra_change',
      'azure functionapp fetch-app-settings|settings decrypt|azure storage fetch-connection-string': 'secret_read',
      'start|host start': 'code_execution',
      'settings list|azure functionapp list-functions|azure functionapp logstream': 'read',
      'init|new|function new': 'write',
      'durable purge-history|durable delete-task-hub': 'infra_destroy unbounded',
      'durable get-instances|durable get-history|durable get-runtime-status': 'read',
    },
  }),
  service({
    names: 'azd',
    options: '-e|--environment= --no-prompt --purge --force -C|--cwd=',
    paths: {
      'provision|deploy|up|restore|pipeline config': 'infra_change',
      down: 'infra_destroy unbounded',
      'env get-values|env get-value': 'secret_read',
      'env list|show|monitor|template list|config show|version': 'read',
      'auth login|auth logout|login|logout': 'identity_change',
      'init|env set|env new|env select|env refresh|package': 'config_change',
    },
  }),
];
