import { z } from 'zod';
import { ORDER_STATUS_NAMES } from './order-status.ts';

const status = z.enum(ORDER_STATUS_NAMES, 'Invalid status.');

/** Where an order's form moves it, and from where: the status its page showed. */
export const OrderStatusForm = z.object({ status, seen: status });
