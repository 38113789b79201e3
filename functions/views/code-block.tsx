/** Text a program reads or has written, as it is: lines are kept, long ones break, tall blocks scroll. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <pre class="code-block" role="group" aria-label={label} tabindex={0}>
      {text}
    </pre>
  );
}
