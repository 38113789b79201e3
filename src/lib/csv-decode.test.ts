import { describe, expect, it } from 'vitest';
import { decodeText } from './csv-decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, order: 'LE' | 'BE', mark = false): Uint8Array {
  const buffer = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
  return new Uint8Array(order === 'LE' ? buffer : buffer.swap16());
}

describe('decodeText', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(utf8('naïve €'))).toEqual({ text: 'naïve €', encoding: 'UTF-8' });
    expect(decodeText(utf8('\uFEFFnaïve €'))).toEqual({ text: 'naïve €', encoding: 'UTF-8' });
  });

  it.each(['LE', 'BE'] as const)('reads UTF-16%s with and without a byte order mark', (order) => {
    const text = 'email\tname\r\nzoé@x.com\tZoé €\r\n';
    for (const mark of [true, false]) {
      expect(decodeText(utf16(text, order, mark))).toEqual({ text, encoding: `UTF-16${order}` });
    }
  });

  it('recognises UTF-16 without a mark when most of the text is not Latin', () => {
    const text = 'email,name\r\nivan@x.ru,Иван Петрович\r\nolga@x.ru,Ольга Сергеевна\r\n';
    expect(decodeText(utf16(text, 'LE'))).toEqual({ text, encoding: 'UTF-16LE' });
  });

  it('falls back to Windows-1252, with the characters ISO-8859-1 lacks', () => {
    const bytes = Uint8Array.of(0x5a, 0x6f, 0xe9, 0x20, 0x80, 0x20, 0x93, 0x94);
    expect(decodeText(bytes)).toEqual({ text: 'Zoé € “”', encoding: 'Windows-1252' });
  });

  it('does not take stray NULs for UTF-16', () => {
    const text = 'email\nbob\0@x.com\n\0\0\0\0\n';
    expect(decodeText(utf8(text))).toEqual({ text, encoding: 'UTF-8' });
  });

  it('keeps lone surrogates of UTF-16 and marks a cut-off last byte', () => {
    expect(decodeText(utf16('email\n\uD800x', 'LE', true)).text).toBe('email\n\uD800x');
    expect(decodeText(utf16('ab', 'LE', true).subarray(0, 5)).text).toBe('a\uFFFD');
  });

  it('reads an empty file and a file that is only a mark', () => {
    expect(decodeText(utf8('')).text).toBe('');
    expect(decodeText(utf8('\uFEFF')).text).toBe('');
    expect(decodeText(Uint8Array.of(0xff, 0xfe)).text).toBe('');
  });
});
