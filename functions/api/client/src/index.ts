export type * from './api-types.ts';
export type { Answer, Call, CallOptions, ListPath, PathWith } from './call.ts';
export { DistribuError, type DistribuErrorCode, type FieldProblem } from './distribu-error.ts';
export { Distribu, type DistribuOptions } from './distribu.ts';
export { type WebhookEvent, WebhookVerificationError, verifyWebhook } from './verify-webhook.ts';
