import { afterEach, beforeEach, expect, it } from 'vitest';
import { crashAndComeBack, gatewayPid, tellings } from './crashing-gateway.ts';
import { DesktopApp, type DesktopOptions, newHome } from './desktop-app.ts';

let home: string;
let forget: () => void;
let started: DesktopApp[];

beforeEach(() => {
  ({ home, forget } = newHome());
  started = [];
});

afterEach(async () => {
  for (const app of started) app.kill();
  await Promise.all(started.map(({ ended }) => ended));
  forget();
});

function start(options: Omit<DesktopOptions, 'home'> = {}): DesktopApp {
  const app = new DesktopApp({ home, ...options });
  started.push(app);
  return app;
}

it('starts a gateway again that crashed in native code, in whatever order it is told of that', async () => {
  const app = start({ env: { STAND_IN_HANDS: '1' } });
  await crashAndComeBack(app, await app.showsGateway(), tellings);
});

it('waits longer each time before it starts a gateway that keeps being killed', async () => {
  const app = start({ env: { STAND_IN_HANDS: '1' } });
  for (const [nth, waitMs] of [1_000, 2_000, 4_000].entries()) {
    const pid = await gatewayPid(app, nth + 1);
    await app.until(({ BrowserWindow, waits }, count) => {
      const sent = BrowserWindow.getAllWindows()[0]?.webContents.sent ?? [];
      const running = sent.filter(({ value }) => (value as { kind: string }).kind === 'running').length;
      return running >= count && !waits().includes(60_000);
    }, nth);
    process.kill(pid, 'SIGKILL');
    await app.until(({ waits }, ms) => waits().includes(ms), waitMs);
    await app.evaluate(({ advance }, ms) => advance(ms - 1), waitMs);
    expect(await app.evaluate(({ utilityProcess }) => utilityProcess.forked.length)).toBe(nth + 1);
    await app.evaluate(({ advance }) => advance(1));
  }
  await gatewayPid(app, 4);
});

it('outlives an engine that gave up in its gateway, and says over what', async () => {
  const app = start({ env: { STAND_IN_HANDS: '1' } });
  await app.showsGateway();
  const pid = await gatewayPid(app);
  await app.evaluate(({ utilityProcess }) => {
    const report = JSON.stringify({ header: { event: 'Allocation failed', trigger: 'FatalError' } });
    utilityProcess.forked[0]?.emit('error', 'FatalError', 'v8::Heap', report);
  });
  process.kill(pid, 'SIGABRT');
  const told = await app.until(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]
      ?.webContents.sent.map(({ value }) => value as { kind: string; reason?: string })
      .find(({ kind }) => kind === 'waiting'),
  );
  expect(told).toMatchObject({ reason: 'It crashed (Allocation failed).', crashes: 1 });
});

it('ends by force when its gateway does not stop in time', async () => {
  const app = start({ env: { STAND_IN_HANDS: '1' } });
  await app.showsGateway();
  const pid = await gatewayPid(app);
  process.kill(pid, 'SIGSTOP');
  await app.evaluate(({ app: itself }) => itself.quit());
  await app.until(({ waits }) => waits().includes(12_000));
  await app.evaluate(({ advance }) => advance(11_999));
  app.evaluate(({ advance }) => advance(1)).catch(() => undefined);
  expect(await app.ended).toBe(0);
  await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
