/** How often the database was asked; a transaction batch is one round trip of several statements. */
export interface RequestStats {
  roundTrips: number;
  statements: number;
}

const KEPT_REQUESTS = 10_000;

/** Counts per request id (the newest 10,000 are kept) and in total. */
export class RequestCounter {
  readonly total: RequestStats = { roundTrips: 0, statements: 0 };
  private readonly byRequest = new Map<string, RequestStats>();

  count(requestId: string | undefined, statements: number): void {
    this.total.roundTrips++;
    this.total.statements += statements;
    if (requestId === undefined) return;
    const stats = this.byRequest.get(requestId);
    if (stats) {
      stats.roundTrips++;
      stats.statements += statements;
      return;
    }
    this.byRequest.set(requestId, { roundTrips: 1, statements });
    if (this.byRequest.size > KEPT_REQUESTS) {
      for (const oldest of this.byRequest.keys()) {
        this.byRequest.delete(oldest);
        break;
      }
    }
  }

  of(requestId: string): RequestStats {
    return this.byRequest.get(requestId) ?? { roundTrips: 0, statements: 0 };
  }
}
