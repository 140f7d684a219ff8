import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** Where a gateway serves, as it left it in its data directory. */
export interface GatewayPlace {
  readonly url: string;
  /** The file with its certificate, where it serves HTTPS. */
  readonly certFile?: string | undefined;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Asks a gateway of this machine. Over HTTPS it must show the very certificate that lies in its data directory, whoever
 * issued it and whatever name it bears. Rejects when nobody answers.
 */
export function requestGateway(
  { url, certFile }: GatewayPlace,
  path: string,
  { method = 'GET', headers = {}, body, signal }: Asked = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const trust =
    certFile === undefined
      ? {}
      : {
          ca: readFileSync(certFile),
          allowPartialTrustChain: true,
          checkServerIdentity: () => undefined,
        };
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, agent: false, ...(signal ? { signal } : {}) };
  return new Promise((resolve, reject) => {
    const ask = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = ask(`${url}${path}`, { ...options, ...trust }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, text: answer }), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
