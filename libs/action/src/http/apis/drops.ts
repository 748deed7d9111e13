/** Hosts to which data is brought: pastebins, file transfer, request collectors, chat webhooks, tunnels. Sending there is an export. */
import { under } from '../addresses.ts';

const PASTES =
  'pastebin.com paste.ee hastebin.com dpaste.com dpaste.org ghostbin.com rentry.co ix.io sprunge.us termbin.com paste.rs privatebin.net controlc.com pastes.dev paste.debian.net bpa.st cl1p.net';
const TRANSFERS =
  'transfer.sh file.io 0x0.st gofile.io anonfiles.com bashupload.com temp.sh tmpfiles.org catbox.moe wetransfer.com sendspace.com mega.nz uguu.se oshi.at filebin.net ufile.io x0.at put.io send.vis.ee keep.sh file.coffee';
const COLLECTORS =
  'webhook.site requestbin.com requestbin.net requestcatcher.com pipedream.net hookbin.com beeceptor.com burpcollaborator.net oastify.com interact.sh oast.fun oast.live oast.me oast.online oast.pro oast.site canarytokens.com dnslog.cn ceye.io ngrok.io ngrok-free.app ngrok.app trycloudflare.com loca.lt localtunnel.me serveo.net localhost.run postb.in mockbin.org ptsv2.com webhookrelay.com smee.io';
const CHATS =
  'hooks.slack.com discord.com discordapp.com api.telegram.org ntfy.sh maker.ifttt.com hooks.zapier.com webhook.office.com';

export interface Drop {
  readonly why: string;
  /** Even the address of a GET tells the collector something. */
  readonly collector: boolean;
}

const DROPS: readonly (readonly [readonly string[], Drop])[] = [
  [PASTES.split(' '), { why: 'a paste site, where others can read it', collector: false }],
  [TRANSFERS.split(' '), { why: 'a site for handing files over', collector: false }],
  [COLLECTORS.split(' '), { why: 'a site that collects requests', collector: true }],
  [CHATS.split(' '), { why: 'a chat or a relay outside', collector: false }],
];

/** Undefined for any other host. */
export function dropOf(host: string): Drop | undefined {
  return DROPS.find(([names]) => under(host, names))?.[1];
}
