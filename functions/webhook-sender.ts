import { type SendWebhook, httpWebhookSender } from '#src/webhooks/http-webhook-sender.ts';
import { dnsOverHttps } from '#src/webhooks/resolve-host.ts';
import { configuration } from './configuration.ts';
import { addressRules } from './webhook-address-rules.ts';

/** Sends deliveries of this Worker. */
export function webhookSender(env: Env): SendWebhook {
  return httpWebhookSender(addressRules(env, configuration(env).origin), dnsOverHttps(env.DNS_URL));
}
