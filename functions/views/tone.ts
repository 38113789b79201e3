/** What a message or a state means to its reader; each has one colour. */
export type Tone = 'neutral' | 'info' | 'accent' | 'success' | 'warning' | 'danger';
