import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';
import type { Tone } from './tone.ts';

type NoticeTone = Exclude<Tone, 'neutral' | 'accent'>;

/** One message after a redirect, shown once. */
export type Flash = { tone: NoticeTone; text: string };

const ICONS: Record<NoticeTone, IconName> = {
  info: 'info',
  success: 'circle-check',
  warning: 'triangle-alert',
  danger: 'circle-alert',
};

type NoticeProps = { tone: NoticeTone; title?: string; children?: Child };

/** A message set apart from the text around it; errors and warnings are announced. */
export function Notice({ tone, title, children }: NoticeProps) {
  const urgent = tone === 'danger' || tone === 'warning';
  return (
    <div class={`notice tone-${tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <div>
        {title && <strong class="font-semibold">{title}</strong>}
        <div class="notice-body">{children}</div>
      </div>
    </div>
  );
}
