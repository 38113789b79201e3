/**
 * Ordering at the storefront. A quantity in the cart is sent as soon as it is changed, and nothing typed or tapped is
 * lost: it waits in the outbox until the server has it, and so do the links that lead on. Without this script every form
 * has a button that does the same.
 */
import './store/stepper.ts';
import './store/quantities.ts';
import './store/leaving.ts';
import './store/checkout.ts';
import { followArrival } from './storage/arrival.ts';

followArrival();
