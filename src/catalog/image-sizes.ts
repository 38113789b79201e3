import type { Id } from '#db/ids.ts';

/** Pixels of the longer side: lists and carts, a card of the catalogue, the same on a dense screen and the product. */
export const IMAGE_SIZES = [96, 320, 640] as const;

export type ImageSize = (typeof IMAGE_SIZES)[number];

/** Where a picture's file lies in the bucket. The id alone finds it: serving one asks no database. */
export function imageKey(id: Id<'image'>, size: ImageSize): string {
  return `images/${id}/${size}.webp`;
}

/** The address of a product's picture, the same for as long as it exists. */
export function imageUrl(id: Id<'image'>, size: ImageSize): string {
  return `/${imageKey(id, size)}`;
}
