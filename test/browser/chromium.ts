import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

const pictures = process.env.POSTERN_PICTURES;

/** The browser of all test files; whoever closes it closes what it opened there. */
export function openBrowser(): Promise<Browser> {
  const address = inject('chromium');
  if (address === undefined) throw new Error('Chromium is not installed.');
  return chromium.connect(address);
}

/** What a browser has asked for and complained of. */
export interface Witness {
  /** Whatever was asked of anyone but the gateway. */
  outside(origin: string): readonly string[];
  /** Errors of scripts, and what the page's security policy refused. */
  readonly complaints: readonly string[];
}

/** Watches all that the pages of `context` do, from now on. */
export function witness(context: BrowserContext): Witness {
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  context.on('weberror', (problem) => complaints.push(problem.error().message));
  context.on('console', (message) => {
    if (/Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
  });
  return { outside: (origin) => requested.filter((url) => !url.startsWith(`${origin}/`)), complaints };
}

/** Keeps a picture of the page for people to look at, in the folder that `POSTERN_PICTURES` names. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
