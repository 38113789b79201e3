import type { Id } from '#db/ids.ts';

/** Where uploaded files wait between the steps of an import. An R2 bucket is one. */
export interface UploadStore {
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  delete(keys: string[]): Promise<void>;
}

/** The company is part of the key, so nobody reaches another company's file by its import's id. */
export function uploadKey(companyId: Id<'company'>, importId: Id<'import'>): string {
  return `imports/${companyId}/${importId}.csv`;
}

/** The file's bytes, or null when they are no longer kept. */
export async function readUpload(
  store: UploadStore,
  companyId: Id<'company'>,
  importId: Id<'import'>,
): Promise<Uint8Array | null> {
  const file = await store.get(uploadKey(companyId, importId));
  return file && new Uint8Array(await file.arrayBuffer());
}
