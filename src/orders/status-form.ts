import { z } from 'zod';
import { isOrderStatus, type OrderStatus } from './order-status.ts';

const status = z.custom<OrderStatus>(
  (value) => typeof value === 'string' && isOrderStatus(value),
  'Invalid status.',
);

/** Where an order's form moves it, and from where: the status its page showed. */
export const OrderStatusForm = z.object({ status, seen: status });
