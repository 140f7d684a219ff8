import { ElectronEvent } from './electron-event.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type Asked = { readonly requestingUrl: string };
type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: Asked,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;

const mostRedirects = 5;

/** What a page turned out to be. */
export interface Loaded {
  readonly url: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The schemes that were declared before the app was ready, as Electron demands it. */
const privileged = new Set<string>();

class Protocol {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    for (const { scheme } of schemes) privileged.add(scheme);
  }

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} has been registered`);
    this.#handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  handlerOf(scheme: string): Handler | undefined {
    return privileged.has(scheme) ? this.#handlers.get(scheme) : undefined;
  }
}

/** One partition: its cookies, its protocols, what its pages may do. */
export class Session {
  readonly protocol = new Protocol();
  readonly #cookies = new Map<string, string>();
  #onRequest: RequestHandler | null = null;
  #onCheck: CheckHandler | null = null;
  #onDevice: (() => boolean) | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: (() => boolean) | null): void {
    this.#onDevice = handler;
  }

  /** What a page at `address` gets when it asks; without handlers Electron grants everything. */
  grants(permission: string, address: string): { asked: boolean; checked: boolean; device: boolean } {
    let asked = true;
    this.#onRequest?.({}, permission, (granted) => (asked = granted), { requestingUrl: address });
    const checked = this.#onCheck?.({}, permission, new URL(address).origin) ?? true;
    return { asked, checked, device: this.#onDevice?.() ?? true };
  }

  /** Loads what is at `address`, following redirects as long as nobody prevents one. */
  async load(
    address: string,
    init: RequestInit,
    redirecting: (event: ElectronEvent & { url: string }) => void,
  ) {
    let url = address;
    let request = init;
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const response = await this.#fetch(url, request);
      const location = response.headers.get('location');
      if (!location || response.status < 300 || response.status > 399) return loaded(url, response);
      url = new URL(location, url).href;
      request = {};
      const event = Object.assign(new ElectronEvent(), { url });
      redirecting(event);
      if (event.defaultPrevented) throw new Error('ERR_ABORTED (-3)');
    }
    throw new Error('ERR_TOO_MANY_REDIRECTS (-310)');
  }

  async #fetch(address: string, init: RequestInit): Promise<Response> {
    const { protocol: scheme, host } = new URL(address);
    const handler = this.protocol.handlerOf(scheme.slice(0, -1));
    if (handler) return handler(new Request(address, init));
    if (scheme !== 'http:' && scheme !== 'https:') throw new Error('ERR_UNKNOWN_URL_SCHEME (-302)');
    const cookie = this.#cookies.get(host);
    const headers = {
      accept: 'text/html',
      ...(init.headers as Record<string, string>),
      ...(cookie && { cookie }),
    };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' }).catch(() => {
      throw new Error('ERR_CONNECTION_REFUSED (-102)');
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.#cookies.set(host, set.split(';')[0] ?? '');
    return response;
  }
}

async function loaded(url: string, response: Response): Promise<Loaded> {
  const headers = Object.fromEntries(response.headers);
  return { url, status: response.status, headers, body: await response.text() };
}

const partitions = new Map<string, Session>();

export const session = {
  fromPartition(partition: string): Session {
    const known = partitions.get(partition) ?? new Session();
    partitions.set(partition, known);
    return known;
  },
  get defaultSession(): Session {
    return session.fromPartition('');
  },
};

export const protocol = session.defaultSession.protocol;
