import type { PageMeta } from '../../src/contract/envelope.ts';
import type { ErrorEnvelope } from '../../src/contract/error.ts';

/** The gateway could not be asked (`status` 0) or refused; `code` is the API's own. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;

  constructor(status: number, code: string, message: string, requestId: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** One page of a list. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly meta: PageMeta;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** Reads one resource. Throws an `ApiError`. */
export async function readOne<Data>(path: string, signal?: AbortSignal): Promise<Data> {
  const envelope = await get<{ data: Data }>(path, signal);
  return envelope.data;
}

/** Reads one page of a list; undefined parameters are left out. Throws an `ApiError`. */
export function readPage<Item>(path: string, query: Query, signal?: AbortSignal): Promise<Page<Item>> {
  return get<Page<Item>>(`${path}${queryString(query)}`, signal);
}

function queryString(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? '' : `?${parameters}`;
}

async function get<Envelope>(path: string, signal?: AbortSignal): Promise<Envelope> {
  const response = await ask(path, signal);
  const envelope: unknown = await response.json().catch(() => undefined);
  if (response.ok && isObject(envelope) && envelope.success === true) return envelope as Envelope;
  throw refusal(response, envelope);
}

async function ask(path: string, signal?: AbortSignal): Promise<Response> {
  try {
    const headers = { accept: 'application/json' };
    return await fetch(path, { headers, credentials: 'same-origin', ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'UNREACHABLE', 'The gateway does not answer.');
  }
}

function refusal(response: Response, envelope: unknown): ApiError {
  const error = isErrorEnvelope(envelope) ? envelope.error : undefined;
  const code = error?.code ?? 'INTERNAL_ERROR';
  const message = error?.message ?? `The gateway answered ${response.status} with nothing that can be read.`;
  return new ApiError(response.status, code, message, response.headers.get('x-request-id'));
}

function isErrorEnvelope(value: unknown): value is ErrorEnvelope {
  return isObject(value) && value.success === false && isObject(value.error);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
