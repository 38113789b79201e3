/** One field's values; `null` is an empty one. */
export type Change = { label: string; before: string | null; after: string | null };

/** What an edit changes or changed, field by field. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <div>
      {changes.map(({ label, before, after }) => (
        <div class="change">
          <span class="change-label">{label}: </span>
          {before === null ? <span class="change-label">empty</span> : <del>{before}</del>}
          <span class="change-label" aria-label=" becomes ">
            {' → '}
          </span>
          {after === null ? <span class="change-label">empty</span> : <ins>{after}</ins>}
        </div>
      ))}
    </div>
  );
}
