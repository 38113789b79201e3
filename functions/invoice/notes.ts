import type { Canvas } from './canvas.ts';
import type { Block } from './paginate.ts';
import { STYLES } from './sheet.ts';
import { lineHeight } from './typesetter.ts';

const ABOVE = 24;

/** What the buyer wrote, a block for each line, so that long notes go on over pages. */
export function notes(canvas: Canvas, text: string): Block[] {
  const { left, width } = canvas.sheet;
  const lines = canvas.type.wrap(text, width, STYLES.text);
  if (lines.length === 0) return [];
  const label = canvas.type.line('Notes', STYLES.label);
  return [
    {
      height: ABOVE + lineHeight(label.style),
      keepWithNext: true,
      draw: (top) => canvas.tagged('P', () => canvas.lines([label], left, top + ABOVE)),
    },
    ...lines.map((line) => ({
      height: lineHeight(line.style),
      draw: (top: number) => canvas.tagged('P', () => canvas.lines([line], left, top)),
    })),
  ];
}
