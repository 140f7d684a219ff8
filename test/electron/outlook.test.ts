import { describe, expect, it } from 'vitest';
import type { BackendState } from '../../electron/backend-process.ts';
import { hasWork, modemLine, outlookOf, outlookWords } from '../../electron/outlook.ts';
import { trayMenu } from '../../electron/tray-menu.ts';
import type { Glance, GlancedModem } from '../../src/contract/glance.ts';

const running: BackendState = { kind: 'running' };
const waiting: BackendState = {
  kind: 'waiting',
  reason: 'It crashed (SIGSEGV).',
  retryInMs: 1_000,
  crashes: 1,
};
const modem: GlancedModem = {
  id: '490154203237518',
  name: 'Front desk',
  state: 'ready',
  operator: 'Testnet',
  signal_bars: 3,
  queue_depth: 0,
  problem: null,
};
const calm: Glance = { sending_paused: false, waiting: 0, modems: [modem] };
const troubled: Glance = {
  ...calm,
  modems: [modem, { ...modem, state: 'attention', problem: 'The SIM needs its PIN.' }],
};

describe('the sign in the tray', () => {
  it.each([
    ['ok', 'Postern is starting', { kind: 'starting' }, undefined],
    ['ok', 'Postern is running', running, undefined],
    ['ok', 'Postern is running, no text waits', running, calm],
    ['ok', 'Postern is running, 1 text waits', running, { ...calm, waiting: 1 }],
    ['ok', 'Postern: no modem is there', running, { ...calm, modems: [] }],
    [
      'attention',
      'Postern: sending is paused, 2 texts wait',
      running,
      { ...calm, sending_paused: true, waiting: 2 },
    ],
    ['attention', 'Postern: 1 modem needs attention', running, troubled],
    ['down', 'Postern stopped and will be started again', waiting, undefined],
    ['ok', 'Postern is stopping', { kind: 'stopping' }, undefined],
  ] as const)('is %s and says "%s"', (outlook, words, state, glance) => {
    expect(outlookOf(state, glance as Glance | undefined)).toBe(outlook);
    expect(outlookWords(state, glance as Glance | undefined)).toBe(words);
  });

  it('tells of each modem in a line', () => {
    expect(modemLine(modem)).toBe('Front desk: Testnet ▂▄▆·');
    expect(modemLine({ ...modem, operator: null, signal_bars: null, queue_depth: 4 })).toBe(
      'Front desk: ready, 4 texts wait',
    );
    expect(modemLine({ ...modem, state: 'registering' })).toBe('Front desk: looking for a network');
  });

  it('has a menu that pauses sending, opens, and quits; and starts what has stopped', () => {
    const done: unknown[] = [];
    const actions = {
      open: () => done.push('open'),
      restart: () => done.push('restart'),
      pause: (paused: boolean) => done.push(paused),
      settings: () => done.push('settings'),
      quit: () => done.push('quit'),
    };
    const menu = trayMenu(running, { ...troubled, sending_paused: true }, actions);
    const choose = (items: typeof menu, label: string) =>
      (items.find((item) => item.label === label)?.click as (() => void) | undefined)?.();
    for (const label of ['Front desk: needs attention', 'Pause sending', 'Quit']) choose(menu, label);
    expect(done).toEqual(['open', false, 'quit']);
    expect(menu.find(({ label }) => label === 'Start now')?.visible).toBe(false);

    const down = trayMenu(waiting, undefined, actions);
    expect(down.map(({ label }) => label)).toContain('It crashed (SIGSEGV).');
    expect(down.find(({ label }) => label === 'Pause sending')?.enabled).toBe(false);
    choose(down, 'Start now');
    expect(done.at(-1)).toBe('restart');
  });

  it('has a menu that stays short with many modems', () => {
    const many = { ...calm, modems: Array.from({ length: 40 }, () => modem) };
    const nothing = () => undefined;
    const actions = { open: nothing, restart: nothing, pause: nothing, settings: nothing, quit: nothing };
    const labels = trayMenu(running, many, actions).map(({ label }) => label);
    expect(labels.filter((label) => label?.startsWith('Front desk'))).toHaveLength(16);
    expect(labels).toContain('and 24 more');
  });
});

it.each([
  [true, running, calm],
  [true, running, { ...calm, modems: [], waiting: 1 }],
  [false, running, { ...calm, modems: [] }],
  [false, running, { ...calm, modems: [{ ...modem, state: 'absent' }] }],
  [false, running, undefined],
  [false, { kind: 'stopping' }, calm],
] as const)('the machine is kept awake: %s', (awake, state, glance) =>
  expect(hasWork(state, glance as Glance | undefined)).toBe(awake),
);
