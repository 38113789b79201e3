import type { Client, Connection, Submittable } from 'pg';

export interface Statement {
  query: string;
  params: (string | null)[];
}

/** The part of Neon's answer for one statement; values are PostgreSQL's own text, or null. */
export interface StatementResult {
  command: string;
  rowCount: number | null;
  rows: (string | null)[][];
  fields: Field[];
}

interface Field {
  name: string;
  dataTypeID: number;
  tableID: number;
  columnID: number;
  dataTypeSize: number;
  dataTypeModifier: number;
  format: string;
}

/**
 * Sends statements to PostgreSQL in one write, ended by one Sync: the first error skips the rest.
 * `pg`'s own queries take a write and an answer for each statement, and parse values we pass on as text.
 * @param readiesAfterError how often the server says that it is ready when a statement has failed. The embedded database
 *   says so once for the error and once for the Sync; taken for the answer to what is sent next, the second would put
 *   every later answer off by one.
 * @returns one result a statement; rejects with the server's error.
 */
export function sendBatch(
  client: Client,
  statements: Statement[],
  readiesAfterError: 1 | 2 = 1,
): Promise<StatementResult[]> {
  return new Promise((resolve, reject) => {
    client.query(new WireBatch(statements, readiesAfterError, resolve, reject));
  });
}

/** Called by pg's Client with each message of the server. */
class WireBatch implements Submittable {
  private readonly results: StatementResult[] = [];
  private readonly statements: Statement[];
  private readonly readiesAfterError: number;
  private readonly resolve: (results: StatementResult[]) => void;
  private readonly reject: (error: Error) => void;
  private rows: (string | null)[][] = [];
  private fields: Field[] = [];

  constructor(
    statements: Statement[],
    readiesAfterError: number,
    resolve: (results: StatementResult[]) => void,
    reject: (error: Error) => void,
  ) {
    this.statements = statements;
    this.readiesAfterError = readiesAfterError;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { query, params } of this.statements) {
      connection.parse({ text: query, name: '', types: [] }, true);
      connection.bind({ values: params }, true);
      connection.describe({ type: 'P', name: '' }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription(message: { fields: Field[] }): void {
    this.fields = message.fields;
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.rows.push(message.fields);
  }

  handleCommandComplete(message: { text: string }): void {
    const tag = message.text.split(' ');
    const count = tag[0] === 'INSERT' ? tag[2] : tag[1];
    this.finishStatement(tag[0] ?? '', count && /^\d+$/.test(count) ? Number(count) : null);
  }

  handleEmptyQuery(): void {
    this.finishStatement('', null);
  }

  handleCopyInResponse(connection: Connection & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('COPY needs a connection of its own');
  }

  handleCopyData(): void {}

  handleReadyForQuery(): void {
    this.resolve(this.results);
  }

  handleError(error: Error, connection: Connection): void {
    let readies = 0;
    const settle = () => {
      connection.off('readyForQuery', count);
      connection.stream.off('close', settle);
      this.reject(error);
    };
    const count = () => {
      readies += 1;
      if (readies === this.readiesAfterError) settle();
    };
    connection.on('readyForQuery', count);
    // A connection that has broken will not be ready any more.
    connection.stream.on('close', settle);
  }

  private finishStatement(command: string, rowCount: number | null): void {
    this.results.push({ command, rowCount, rows: this.rows, fields: this.fields });
    this.rows = [];
    this.fields = [];
  }
}
