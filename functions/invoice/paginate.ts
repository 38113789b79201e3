/** Something that stands on one page whole. */
export interface Block {
  height: number;
  draw: (top: number) => void;
  /** Not the last on its page, if the next can be there too. */
  keepWithNext?: boolean;
  /** Put above it where it is the first on a further page: a table's head. */
  head?: Block;
}

/** Which blocks go on which page; a page's height is `room`, and only a block that is higher passes it. */
export function paginate(blocks: readonly Block[], room: number): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  let used = 0;
  for (const group of groupsOf(blocks, room)) {
    const height = heightOf(group);
    if (used + height > room && page.length > 0) {
      pages.push(page);
      const head = group[0]?.head;
      page = head ? [head] : [];
      used = heightOf(page);
    }
    page.push(...group);
    used += height;
  }
  return [...pages, page];
}

/** Blocks that stay together; those that no page holds go one by one. */
function groupsOf(blocks: readonly Block[], room: number): Block[][] {
  const groups: Block[][] = [];
  let open = false;
  for (const block of blocks) {
    const last = groups.at(-1);
    const together = open && last && heightOf([...last, block]) + (last[0]?.head?.height ?? 0);
    if (last && together && together <= room) last.push(block);
    else groups.push([block]);
    open = block.keepWithNext ?? false;
  }
  return groups;
}

const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { height }) => sum + height, 0);
