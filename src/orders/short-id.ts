/** What an order is filed under: the last 8 of its id, `A1B2C3D4`. */
export function shortId(id: string): string {
  return id.slice(-8).toUpperCase();
}
