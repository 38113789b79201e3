type StepsProps = { label: string; steps: readonly string[]; current: number };

/** Where one is in a sequence; `current` counts from 0, and `steps.length` means all done. */
export function Steps({ label, steps, current }: StepsProps) {
  return (
    <nav class="steps" aria-label={label}>
      <ol>
        {steps.map((step, index) => (
          <li
            data-state={index < current ? 'done' : undefined}
            aria-current={index === current ? 'step' : undefined}
          >
            {step}
            {index < current && <span class="sr-only"> (done)</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
