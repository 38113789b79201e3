import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import type { AppEnv } from '#functions/app-env.ts';
import { isDevelopment } from '#functions/is-development.ts';

const CSP = 'content-security-policy';
const SELF = ["'self'"];
const NONE = ["'none'"];

const options = {
  contentSecurityPolicy: {
    defaultSrc: NONE,
    scriptSrc: SELF,
    styleSrc: SELF,
    imgSrc: ["'self'", 'data:'],
    connectSrc: SELF,
    fontSrc: SELF,
    manifestSrc: SELF,
    formAction: SELF,
    baseUri: NONE,
    frameAncestors: NONE,
  },
  // With `no-referrer` browsers would send `Origin: null` from our own forms (decision "CSRF").
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  // Ours are covered by the policy above, or speak to browsers of another age.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  removePoweredBy: false,
} satisfies Parameters<typeof secureHeaders>[0];

const local = secureHeaders({ ...options, strictTransportSecurity: false });
const production = secureHeaders({
  ...options,
  strictTransportSecurity: 'max-age=63072000; includeSubDomains',
});

/**
 * A strict policy for every answer: nothing inline, nothing from elsewhere, no framing; HTTPS only once deployed.
 * A page that sets a content security policy of its own keeps it.
 */
export const securityHeaders = createMiddleware<AppEnv>(async function securityHeaders(c, next) {
  const harden = isDevelopment(c.env) ? local : production;
  let own: string | null = null;
  await harden(c, async () => {
    await next();
    own = c.res.headers.get(CSP);
  });
  if (own !== null) c.res.headers.set(CSP, own);
});
