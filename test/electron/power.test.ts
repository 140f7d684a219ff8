import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { BackendProcess } from '../../electron/backend-process.ts';
import { followPower, Wakefulness } from '../../electron/power.ts';
import { ManualClock } from '../manual-clock.ts';
import { UtilityDouble } from './utility-double.ts';

/** A supervised gateway that has begun to start, and the power of its machine. */
function machine() {
  const gateway = new UtilityDouble();
  const nothing = () => undefined;
  const backend = new BackendProcess({
    fork: () => gateway,
    timing: new ManualClock(),
    settings: async () => ({ version: '1.0.0' }),
    onState: nothing,
    onReady: nothing,
    onLink: nothing,
    onGlance: nothing,
    onNotice: nothing,
  });
  const power = new EventEmitter<{ suspend: []; resume: []; shutdown: [{ preventDefault(): void }] }>();
  let quits = 0;
  followPower(power, backend, () => quits++);
  backend.start();
  return { power, gateway, quits: () => quits };
}

const ready = {
  type: 'ready',
  address: 'http://127.0.0.1:8026',
  link: 'http://127.0.0.1:8026/session?token=one',
} as const;

it('the gateway is told when its machine goes to sleep, and when it is awake again', () => {
  const { power, gateway } = machine();
  gateway.says(ready);
  power.emit('suspend');
  expect(gateway.received.at(-1)).toEqual({ type: 'suspend' });
  power.emit('resume');
  expect(gateway.received.at(-1)).toEqual({ type: 'resume' });
});

it('a gateway that is only starting is not told', async () => {
  const { power, gateway } = machine();
  power.emit('suspend');
  power.emit('resume');
  await Promise.resolve();
  expect(gateway.received.map(({ type }) => type)).toEqual(['start']);
});

it('the system waits with going down until the app has quit in order', () => {
  const { power, quits } = machine();
  let waits = false;
  power.emit('shutdown', {
    preventDefault() {
      waits = true;
    },
  });
  expect({ waits, quits: quits() }).toEqual({ waits: true, quits: 1 });
});

it('the machine does not fall asleep by itself while there is work, and may afterwards', () => {
  const blocked = new Map<number, string>();
  const wakefulness = new Wakefulness({
    start: (type) => blocked.set(1, type).size,
    stop: (id) => blocked.delete(id),
  });
  wakefulness.update(true);
  wakefulness.update(true);
  expect([...blocked]).toEqual([[1, 'prevent-app-suspension']]);
  wakefulness.update(false);
  wakefulness.update(false);
  expect([...blocked]).toEqual([]);
});
