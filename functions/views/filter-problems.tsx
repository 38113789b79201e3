import type { FilterTexts } from '#src/lib/typed-filters.ts';
import { problemId } from './filter-select.tsx';
import { Notice } from './notice.tsx';

/** Above a list: which of its filters are not applied, and why. */
export function FilterProblems({ problems }: { problems: FilterTexts | undefined }) {
  if (problems === undefined) return null;
  const names = Object.keys(problems);
  return (
    <div class="filter-problems">
      <Notice
        tone="warning"
        title={names.length === 1 ? 'A filter is not applied' : 'Some filters are not applied'}
      >
        {names.map((name) => (
          <p id={problemId(name)}>{problems[name]}</p>
        ))}
      </Notice>
    </div>
  );
}
