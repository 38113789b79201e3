import type { Pixels } from './decode-image.ts';

/** Turns and mirrors a picture as its EXIF orientation says, so that it stands as it was taken. */
export function turnUpright(from: Pixels, orientation: number): Pixels {
  if (orientation === 1) return from;
  const isOnItsSide = orientation >= 5;
  const width = isOnItsSide ? from.height : from.width;
  const height = isOnItsSide ? from.width : from.height;
  const source = pixelsOf(from);
  const turned = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = origin(orientation, x, y, from.width - 1, from.height - 1);
      turned[y * width + x] = source[fromY * from.width + fromX] ?? 0;
    }
  }
  return { data: new Uint8ClampedArray(turned.buffer), width, height };
}

/** Where in the stored picture the pixel is that belongs at x and y. */
function origin(
  orientation: number,
  x: number,
  y: number,
  right: number,
  bottom: number,
): [x: number, y: number] {
  switch (orientation) {
    case 2:
      return [right - x, y];
    case 3:
      return [right - x, bottom - y];
    case 4:
      return [x, bottom - y];
    case 5:
      return [y, x];
    case 6:
      return [y, bottom - x];
    case 7:
      return [right - y, bottom - x];
    case 8:
      return [right - y, x];
    default:
      return [x, y];
  }
}

function pixelsOf({ data }: Pixels): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}
