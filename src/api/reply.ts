import type { ServerResponse } from 'node:http';
import type { ErrorEnvelope } from '../contract/error.ts';
import type { ApiError } from './api-error.ts';

/** What is asked of a list: which page, of how many each. */
interface Paging {
  readonly page: number;
  readonly per_page: number;
}

/** Answers with one thing in its envelope. */
export function sendOne(response: ServerResponse, status: number, data: unknown): void {
  sendJson(response, status, { success: true, data });
}

/** Answers with one page of a list of `total` things. */
export function sendPage(
  response: ServerResponse,
  data: readonly unknown[],
  total: number,
  paging: Paging,
): void {
  const { page, per_page } = paging;
  const meta = { page, per_page, total, total_pages: Math.ceil(total / per_page) };
  sendJson(response, 200, { success: true, data, meta });
}

/** Answers with one page of a list that is at hand as a whole. */
export function sendPageOf(response: ServerResponse, all: readonly unknown[], paging: Paging): void {
  const start = (paging.page - 1) * paging.per_page;
  sendPage(response, all.slice(start, start + paging.per_page), all.length, paging);
}

/** Answers with an error in its envelope. */
export function sendError(response: ServerResponse, error: ApiError): void {
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  sendJson(response, error.status, errorEnvelopeOf(error));
}

/** The body that tells of an error. */
export function errorEnvelopeOf(error: ApiError): ErrorEnvelope {
  const { code, message, details } = error;
  return { success: false, error: { code, message, ...(details ? { details } : {}) } };
}

/**
 * Written out here rather than by Express, which would hash every answer for an ETag that nobody asks for. As a text it
 * leaves in one piece with the head.
 */
function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text); // node leaves the body out of an answer to HEAD
}
