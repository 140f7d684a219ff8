import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { pathOf } from '../foreign-programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of all tests listens; undefined where none is installed. */
    chromium: string | undefined;
  }
}

/** Starts the one browser of all test files, without all that it does by itself over the network. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await launch();
  project.provide('chromium', server?.wsEndpoint());
  return async () => server?.close();
}

async function launch(): Promise<BrowserServer | undefined> {
  const executablePath = pathOf('chromium');
  if (executablePath === undefined) return undefined;
  return chromium.launchServer({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
