import type { PageMeta } from '../../src/contract/envelope.ts';
import type { ErrorEnvelope } from '../../src/contract/error.ts';

/** The gateway could not be asked (`status` 0) or refused; `code` is the API's own, `details` maps fields to faults. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    requestId: string | null = null,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.details = details;
  }
}

/** One page of a list. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly meta: PageMeta;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

interface Request {
  readonly method?: string;
  readonly body?: string | Blob;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Reads one resource. Throws an `ApiError`. */
export async function readOne<Data>(path: string, signal?: AbortSignal): Promise<Data> {
  const envelope = await ask<{ data: Data }>(path, { signal });
  return envelope.data;
}

/** Reads one page of a list; undefined parameters are left out. Throws an `ApiError`. */
export function readPage<Item>(path: string, query: Query, signal?: AbortSignal): Promise<Page<Item>> {
  return ask<Page<Item>>(`${path}${queryString(query)}`, { signal });
}

/** The longest page that the API gives, and how many of them one list is read for at most. */
const perPage = 100;
const mostPages = 10;

/** Reads a list that people look at as a whole, a page after the other. Throws an `ApiError`. */
export async function readWhole<Item>(path: string, signal?: AbortSignal): Promise<Page<Item>> {
  const first = await readPage<Item>(path, { per_page: perPage }, signal);
  const data = [...first.data];
  for (let page = 2; page <= Math.min(first.meta.total_pages, mostPages); page++) {
    data.push(...(await readPage<Item>(path, { page, per_page: perPage }, signal)).data);
  }
  return { data, meta: first.meta };
}

/** Changes something; gives what the gateway answers. Throws an `ApiError`. */
export async function change<Data>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };
  const envelope = await ask<{ data: Data }>(path, { method, ...sent, headers });
  return envelope.data;
}

/** Hands over a file as it is; gives what the gateway answers. Throws an `ApiError`. */
export async function upload<Data>(
  path: string,
  content: string | Blob,
  type: string,
  method: 'POST' | 'PUT' = 'POST',
  headers: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const envelope = await ask<{ data: Data }>(path, { method, body: content, type, headers });
  return envelope.data;
}

/** `?name=value&...` of all that is given, or nothing. */
export function queryString(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? '' : `?${parameters}`;
}

async function ask<Envelope>(path: string, request: Request): Promise<Envelope> {
  const response = await reach(path, request);
  const envelope: unknown = await response.json().catch(() => undefined);
  if (response.ok && isObject(envelope) && envelope.success === true) return envelope as Envelope;
  throw refusal(response, envelope);
}

async function reach(
  path: string,
  { method = 'GET', body, type, headers = {}, signal }: Request,
): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(type === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'UNREACHABLE', 'The gateway does not answer.');
  }
}

function refusal(response: Response, envelope: unknown): ApiError {
  const error = isErrorEnvelope(envelope) ? envelope.error : undefined;
  const code = error?.code ?? 'INTERNAL_ERROR';
  const message = error?.message ?? `The gateway answered ${response.status} with nothing that can be read.`;
  return new ApiError(response.status, code, message, response.headers.get('x-request-id'), error?.details);
}

function isErrorEnvelope(value: unknown): value is ErrorEnvelope {
  return isObject(value) && value.success === false && isObject(value.error);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
