import type { FetchResponse, HeadersOptions, ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type { paths } from './api-types.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

/** The paths that take a method. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: [Operation<P, M>] extends [never] ? never : P;
}[keyof paths];

/** What a call can be given: path and query parameters and the body as the API's document has them. */
export type CallOptions<P extends keyof paths, M extends Method> = ParamsOption<Operation<P, M>> &
  RequestBodyOption<Operation<P, M>> & {
    /** Sent besides our own, as `Idempotency-Key` or `If-Match`. */
    headers?: HeadersOptions;
    /** Gives up, retries included, and throws the signal's reason. */
    signal?: AbortSignal;
  };

type Options<P extends keyof paths, M extends Method> =
  Record<never, never> extends CallOptions<P, M>
    ? [options?: CallOptions<P, M>]
    : [options: CallOptions<P, M>];

type Body<P extends keyof paths, M extends Method> = NonNullable<
  FetchResponse<Operation<P, M> & object, Record<never, never>, 'application/json'>['data']
>;

/** The body of a good answer, and the answer itself for its headers, such as `ETag`. */
export type Answer<P extends keyof paths, M extends Method> = ([Body<P, M>] extends [never]
  ? Record<never, never>
  : Body<P, M>) & { response: Response };

/** A call of one method: `path` as the API's document spells it. */
export type Call<M extends Method> = <P extends PathWith<M>>(
  path: P,
  ...options: Options<P, M>
) => Promise<Answer<P, M>>;

type Page = { data: unknown[]; pagination: unknown };

/** The paths that answer with pages. */
export type ListPath = {
  [P in PathWith<'get'>]: Answer<P, 'get'> extends Page ? P : never;
}[PathWith<'get'>];

/** One row of a list. */
export type Row<P extends ListPath> =
  Answer<P, 'get'> extends { data: (infer Item)[] } ? Item : never;

/** What a walk through a list can be given. */
export type ListOptions<P extends ListPath> = Options<P, 'get'>;
