/**
 * Keeps a form marked `data-keep` on the server while it is being filled in: sends it soon after each change, one save at
 * a time, and shows what the answer has new in its `data-fresh` parts. Without a script each button of the form saves it.
 */
import './draft/leaving.ts';
