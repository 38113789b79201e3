import { env } from 'cloudflare:workers';
import { type Id, newId } from '#db/ids.ts';
import { imageRefused, readImageHeader } from '#src/catalog/image-type.ts';
import { imageKey, IMAGE_SIZES } from '#src/catalog/image-sizes.ts';

/**
 * Makes the sizes of an uploaded picture and keeps them. Each has an id of its own, so what is at its address never
 * changes. Call it once the database has let the person in; if the product is not saved then, delete the image again.
 * @param companyId whose product it is; its uploads are worked on one after the other
 * @throws AppError `validation` at `image`: no picture we take, or too large (`readImageHeader`); nothing is kept
 */
export async function storeImage(
  companyId: Id<'company'>,
  bytes: Uint8Array,
): Promise<Id<'image'>> {
  readImageHeader(bytes);
  const result = await env.IMAGE_RESIZING.getByName(companyId).resize(bytes);
  if (!result.ok) throw imageRefused(result.message);
  const id = newId('image');
  const { files } = result;
  await Promise.all(
    IMAGE_SIZES.map((size) =>
      env.IMAGES.put(imageKey(id, size), files[size], { customMetadata: { companyId } }),
    ),
  );
  return id;
}

/**
 * Deletes every size of a picture that no product has any more; browsers that have seen it may keep it. The id must
 * come from a row of the company's own. Deleting what is gone does nothing.
 */
export async function deleteImage(id: Id<'image'>): Promise<void> {
  await env.IMAGES.delete(IMAGE_SIZES.map((size) => imageKey(id, size)));
}
