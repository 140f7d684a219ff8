import { afterEach, describe, expect, test, vi } from 'vitest';
import { leftOut, leftOutUnless } from './foreign-programs.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe('tests that need a program which is not installed', () => {
  /** The program is looked for where this variable says, when the module is loaded. */
  async function withoutChromium(ci: string | undefined) {
    vi.stubEnv('CHROMIUM', '/nowhere/chromium');
    vi.stubEnv('CI', ci);
    vi.resetModules();
    return import('./foreign-programs.ts');
  }

  test('are left out on the machine of a user', async () => {
    expect((await withoutChromium(undefined)).leftOut('chromium')).toBe(true);
  });

  test('fail in CI, and a sentence says what to install', async () => {
    const { leftOut } = await withoutChromium('true');
    expect(() => leftOut('chromium')).toThrow('These tests need chromium: apt-get install -y chromium');
  });
});

test('what needs nothing is never left out', () => {
  vi.stubEnv('CI', 'true');
  expect(leftOut()).toBe(false);
  expect(leftOutUnless(true, 'never said')).toBe(false);
});
