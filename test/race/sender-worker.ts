import { httpWebhookSender } from '#src/webhooks/http-webhook-sender.ts';

/** Sends to the URL in its body what a webhook would be sent, and answers with what came back. */
export default {
  async fetch(request: Request, env: { ALLOW: string }): Promise<Response> {
    const url = await request.text();
    if (url === '') return new Response('Ready.');
    const rules = { allowHttp: true, allow: [env.ALLOW], ownHosts: [] };
    const send = httpWebhookSender(rules, () => Promise.resolve({ addresses: [], names: [] }));
    return Response.json(await send({ url, headers: { 'X-Test': '1' }, body: '{}' }));
  },
} satisfies ExportedHandler<{ ALLOW: string }>;
