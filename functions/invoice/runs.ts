import { type Face, type Fonts, REPLACEMENT, type Weight } from './fonts.ts';

/** A piece of text in one face. */
export interface Run {
  text: string;
  face: Face;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ASCII = /^[ -~]*$/;
const JOINER = '\u200d';

/**
 * Text split by the faces that have it, marks with the letters they belong to. What no face has becomes a sign that
 * says so.
 * @param text printable (see printable.ts)
 */
export function runsOf(text: string, weight: Weight, fonts: Fonts): Run[] {
  if (text === '') return [];
  if (ASCII.test(text)) {
    const face = fonts.faceOf(text.slice(0, 1), weight);
    if (face) return [{ text, face }];
  }
  const runs: Run[] = [];
  for (const { segment } of segmenter.segment(text)) {
    for (const run of graphemeRuns(segment, weight, fonts)) {
      const last = runs.at(-1);
      if (last?.face === run.face) last.text += run.text;
      else runs.push(run);
    }
  }
  return runs;
}

function graphemeRuns(grapheme: string, weight: Weight, fonts: Fonts): Run[] {
  const face = fonts.faceOf(grapheme, weight);
  if (face) return [{ text: grapheme, face }];
  return Array.from(grapheme)
    .filter((character) => character !== JOINER)
    .flatMap((character) => {
      const found = fonts.faceOf(character, weight);
      const sign = found ?? fonts.faceOf(REPLACEMENT, weight);
      return sign ? [{ text: found ? character : REPLACEMENT, face: sign }] : [];
    });
}

/** What people see as one character each. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
