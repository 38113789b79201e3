import { raw } from 'hono/html';
import type { Id } from '#db/ids.ts';
import { imageUrl } from '#src/catalog/image-sizes.ts';

type ProductImageProps = {
  product: { name: string; imageId: Id<'image'> | null };
  /** Beside a line, or over a card of its own. */
  size?: 'thumb' | 'card';
};

/** A product's picture, or a tile with its first letter; the name stands beside it. Both take the same room. */
export function ProductImage({ product, size = 'thumb' }: ProductImageProps) {
  const { name, imageId } = product;
  const className = `product-image product-image-${size}`;
  if (imageId === null) {
    return (
      <span class={className} aria-hidden="true">
        {Array.from(name)[0]?.toUpperCase()}
      </span>
    );
  }
  const pixels = size === 'card' ? 320 : 96;
  const sharper = size === 'card' ? ` srcset="${imageUrl(imageId, 640)} 2x"` : '';
  // Text, because every row of a long list has one; an id needs no escaping.
  return raw(
    `<span class="${className}"><img src="${imageUrl(imageId, pixels)}"${sharper} alt="" width="${pixels}" height="${pixels}" loading="lazy" decoding="async"></span>`,
  );
}
