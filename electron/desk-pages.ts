import { randomBytes } from 'node:crypto';
import type { BackendState } from './backend-process.ts';
import { deskStyle, settingsPage, statusPage } from './desk-html.ts';
import { type DesktopChange, type DesktopSettings, isPort } from './desktop-settings.ts';

export const deskScheme = 'postern-desktop';
export const statusAddress = `${deskScheme}://app/status`;
export const settingsAddress = `${deskScheme}://app/settings`;

const longestForm = 10_000;

/** What the pages of the desktop app show, and what a person can do there. A sentence is shown above the page. */
export interface Desk {
  readonly state: BackendState;
  readonly settings: DesktopSettings;
  readonly version: string;
  /** The folder in use, whoever named it. */
  readonly dataDir: string;
  restart(): void;
  save(change: DesktopChange): string;
  chooseFolder(): Promise<string>;
  usualFolder(): string;
  handOver(): Promise<string>;
  forgetSecrets(): string;
  update(): Promise<string>;
}

/**
 * The app's own pages: how the gateway stands while it cannot show anything itself, and the settings of the desktop.
 * They hold no script: a form that carries this run's token is all that they can do.
 */
export class DeskPages {
  readonly #desk: Desk;
  readonly #token = randomBytes(16).toString('hex');

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether `address` is one of these pages. */
  static has(address: string): boolean {
    return address.startsWith(`${deskScheme}://app/`);
  }

  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!DeskPages.has(request.url)) return reply(404, 'There is no such page.');
    if (request.method === 'POST') return this.#act(pathname, request);
    if (request.method !== 'GET') return reply(405, 'A page can be read, and its forms be sent.');
    if (pathname === '/style.css') return reply(200, deskStyle, 'text/css');
    return this.#page(pathname);
  }

  #page(pathname: string, told = ''): Response {
    const { state, settings, version, dataDir } = this.#desk;
    if (pathname === '/status') return reply(200, statusPage(state, this.#token, told));
    if (pathname === '/settings')
      return reply(200, settingsPage({ settings, version, dataDir }, this.#token, told));
    return reply(404, 'There is no such page.');
  }

  async #act(pathname: string, request: Request): Promise<Response> {
    const body = await request.text();
    if (body.length > longestForm) return reply(413, 'The form is too long.');
    const form = new URLSearchParams(body);
    if (form.get('token') !== this.#token) return reply(403, 'The form is not of this run of Postern.');
    switch (pathname) {
      case '/restart':
        this.#desk.restart();
        return this.#page('/status');
      case '/forget-secrets':
        return this.#page('/status', this.#desk.forgetSecrets());
      case '/save':
        return this.#page('/settings', this.#save(form));
      case '/choose-folder':
        return this.#page('/settings', await this.#desk.chooseFolder());
      case '/usual-folder':
        return this.#page('/settings', this.#desk.usualFolder());
      case '/hand-over':
        return this.#page('/settings', await this.#desk.handOver());
      case '/update':
        return this.#page('/settings', await this.#desk.update());
      default:
        return reply(404, 'There is no such form.');
    }
  }

  #save(form: URLSearchParams): string {
    const text = form.get('port')?.trim() ?? '';
    const port = text === '' ? undefined : Number(text);
    if (port !== undefined && !isPort(port))
      return 'The port must be a whole number from 1 to 65535, or nothing.';
    return this.#desk.save({
      port,
      startAtLogin: form.has('start_at_login'),
      keepRunning: form.has('keep_running'),
      notifications: form.has('notifications'),
    });
  }
}

function reply(status: number, body: string, type = 'text/html'): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
}
