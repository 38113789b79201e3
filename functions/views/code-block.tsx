/** Text for machines, as it is: a command, a response. Scrolls inside itself. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <pre class="code-block" tabindex={0} role="region" aria-label={label}>
      <code>{children}</code>
    </pre>
  );
}
