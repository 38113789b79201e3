import { describe, expect, it } from 'vitest';
import { fileSizeProblem, readImportFile } from './read-import-file.ts';

const read = (text: string) => readImportFile(new TextEncoder().encode(text));

describe('fileSizeProblem', () => {
  it('allows 2 MB and names the size found beyond it', () => {
    expect(fileSizeProblem(1)).toBeNull();
    expect(fileSizeProblem(2 * 1024 * 1024)).toBeNull();
    expect(fileSizeProblem(2 * 1024 * 1024 + 1)).toBe(
      'File is too large: 2.01 MB. The limit is 2 MB.',
    );
  });
});

describe('readImportFile', () => {
  it('reads 5,000 rows, not counting blank ones', () => {
    const file = read(`email\n${'a@x.com\n\n'.repeat(5_000)}`);
    expect(file).toMatchObject({ ok: true, csv: { rowCount: 5_000, headers: ['email'] } });
  });

  it.each([
    ['', 'File is empty.'],
    ['x'.repeat(2_621_440), 'File is too large: 2.50 MB. The limit is 2 MB.'],
    [
      `email\n${'a@x.com\n'.repeat(5_001)}`,
      'File is too long: 5,001 rows. The limit is 5,000 rows.',
    ],
    [
      `email\n${'x\n'.repeat(1_000_000)}`,
      'File is too long: 1,000,000 rows. The limit is 5,000 rows.',
    ],
    [`email${',x'.repeat(1_000)}`, 'File is too wide: 1,001 columns. The limit is 200 columns.'],
  ])('says which limit a file passes (%#)', (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem });
  });

  it('reads a file of nothing but newlines as having no rows', () => {
    expect(read('\n'.repeat(2_000_000))).toMatchObject({
      ok: true,
      csv: { headers: [], rows: [] },
    });
  });
});
