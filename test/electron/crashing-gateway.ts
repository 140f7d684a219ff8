import { expect } from 'vitest';
import { firstDelayMs, wellAfterMs } from '../../electron/back-off.ts';
import type { DesktopApp } from './desktop-app.ts';

/** In which order Electron tells that a gateway has crashed. */
export const tellings = ['gone, exit', 'exit, gone', 'gone only', 'exit only'] as const;

/** Crashes the gateway that listens at `origin` once for each telling, and expects it back each time. */
export async function crashAndComeBack(
  app: DesktopApp,
  origin: string,
  orders: readonly (typeof tellings)[number][],
): Promise<void> {
  for (const [before, telling] of orders.entries()) {
    const told = await statesAfter(app, before + 1, telling);
    const crash = { reason: 'It crashed (SIGSEGV).', retryInMs: firstDelayMs, crashes: before + 1 };
    expect(told, telling).toEqual([{ kind: 'waiting', ...crash }, { kind: 'starting' }, { kind: 'running' }]);
    expect((await fetch(origin)).status).toBe(200);
    expect(await app.evaluate(({ utilityProcess }) => utilityProcess.forked.length)).toBe(before + 2);
  }
}

/** The process id of the gateway that was started as the `nth`, from 1. */
export function gatewayPid(app: DesktopApp, nth = 1): Promise<number> {
  return app.until(({ utilityProcess }, index) => utilityProcess.forked[index]?.pid, nth - 1);
}

/** Crashes the gateway that runs as the `nth`, after it was well, and turns the hands until the next one runs. */
async function statesAfter(app: DesktopApp, nth: number, telling: string): Promise<unknown> {
  const pid = await gatewayPid(app, nth);
  const before = await app.evaluate(
    ({ BrowserWindow, utilityProcess, advance }, { order, ms }) => {
      utilityProcess.telling = order as typeof utilityProcess.telling;
      advance(ms);
      return BrowserWindow.getAllWindows()[0]?.webContents.sent.length ?? 0;
    },
    { order: telling, ms: wellAfterMs },
  );
  process.kill(pid, 'SIGSEGV');
  await app.until(({ waits }, ms) => waits().includes(ms), firstDelayMs);
  await app.evaluate(({ advance }, ms) => advance(ms), firstDelayMs);
  return app.until(({ BrowserWindow }, sent) => {
    const states = BrowserWindow.getAllWindows()[0]?.webContents.sent.slice(sent) ?? [];
    return states.length >= 3 && states.map(({ value }) => value);
  }, before);
}
