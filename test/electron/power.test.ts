import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { BackendProcess } from '../../electron/backend-process.ts';
import { followPower } from '../../electron/power.ts';
import { ManualClock } from '../manual-clock.ts';
import { UtilityDouble } from './utility-double.ts';

/** A supervised gateway that has begun to start, and the power of its machine. */
function machine() {
  const gateway = new UtilityDouble();
  const nothing = () => undefined;
  const backend = new BackendProcess({
    fork: () => gateway,
    timing: new ManualClock(),
    settings: { version: '1.0.0' },
    onState: nothing,
    onReady: nothing,
    onLink: nothing,
  });
  const power = new EventEmitter<{ suspend: []; resume: [] }>();
  const blocked: string[] = [];
  followPower(power, { start: (type) => blocked.push(type) }, backend);
  backend.start();
  return { power, blocked, gateway };
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

it('a gateway that is only starting is not told', () => {
  const { power, gateway } = machine();
  power.emit('suspend');
  power.emit('resume');
  expect(gateway.received.map(({ type }) => type)).toEqual(['start']);
});

it('the machine does not fall asleep by itself while the app runs', () => {
  expect(machine().blocked).toEqual(['prevent-app-suspension']);
});
