/** Text as people broke its lines. */
export function Multiline({ text }: { text: string }) {
  return <div class="whitespace-pre-line">{text}</div>;
}
