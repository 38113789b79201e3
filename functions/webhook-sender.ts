import { type SendWebhook, httpWebhookSender } from '#src/webhooks/http-webhook-sender.ts';
import { dnsOverHttps } from '#src/webhooks/resolve-host.ts';
import { addressRules } from './webhook-address-rules.ts';

/** Sends deliveries of this Worker. */
export function webhookSender(env: Env): SendWebhook {
  return httpWebhookSender(addressRules(env, env.PUBLIC_URL), dnsOverHttps(env.DNS_URL));
}
