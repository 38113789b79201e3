import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Id } from '#db/ids.ts';
import { AppError } from '#src/lib/errors.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { formBody } from '../../form-body.ts';
import { deleteImage, storeImage } from '../../images/product-images.ts';
import type { RefusedForm } from '../../views/form.tsx';

const TOO_LARGE = 'Image too large. Maximum size is 5 MB.';

// More than a picture may have, so that one that is too large is told of beside all that was typed with it.
const BODY_MAX_BYTES = 16 * 1_048_576;

/** Instead of the dashboard's limit, where a form has a picture. `show` shows the form with the problem. */
export function limitUpload(show: (c: Context<AppEnv>, problem: RefusedForm) => Promise<Response>) {
  return bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (c: Context<AppEnv>) => show(c, { errors: { image: [TOO_LARGE] } }),
  });
}

/** The picture in the posted form, if somebody chose one. */
export async function chosenImage(c: Context<AppEnv>): Promise<File | null> {
  const { image } = await formBody(c);
  return image instanceof File && image.size > 0 ? image : null;
}

/**
 * Saves a product with the picture that was sent: it is stored first, once the database has let the person in, and goes
 * again if the product is not saved.
 * @param other what is saved as its picture where none was sent
 * @throws AppError validation at `image`, and whatever `save` throws
 */
export async function withImage<T extends { ok: boolean }, Other extends null | undefined>(
  c: Context<AppEnv>,
  other: Other,
  save: (image: Id<'image'> | Other) => Promise<T>,
): Promise<T> {
  const file = await chosenImage(c);
  if (!file) return save(other);
  const { ctx } = c.var;
  await checkViewer(ctx, 'products:write');
  if (ctx.entry.kind !== 'staff') throw new Error('Only staff has products.');
  const image = await storeImage(ctx.entry.companyId, new Uint8Array(await file.arrayBuffer()));
  let saved = false;
  try {
    const result = await save(image);
    saved = result.ok;
    return result;
  } finally {
    if (!saved) forgetImage(c, image);
  }
}

/** Deletes a picture no product has any more, after the answer: nobody waits for that. */
export function forgetImage(c: Context<AppEnv>, image: Id<'image'> | null): void {
  if (image) c.executionCtx.waitUntil(deleteImage(image));
}

/** What a form shows of a failed save; what it cannot show is thrown on. */
export function refused(error: unknown): RefusedForm {
  if (!(error instanceof AppError)) throw error;
  const { code, message, fields = [] } = error;
  if (code === 'conflict') return { errors: { sku: [message] } };
  if (code === 'plan_limit') return { message };
  if (code !== 'validation') throw error;
  return { errors: Object.fromEntries(fields.map((field) => [field.path, [field.message]])) };
}
