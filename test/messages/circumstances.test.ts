import { describe, expect, it } from 'vitest';
import { error, ok } from '../../src/emulator/at/reply.ts';
import type { CommandDefinition } from '../../src/emulator/commands/definition.ts';
import { generic } from '../../src/emulator/index.ts';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench } from './gateway-bench.ts';

/** +CEER of a modem that says this of its last failure. */
const cause = (words: string | undefined): CommandDefinition => ({
  name: '+CEER',
  execute: () => {
    if (words === undefined) throw error();
    return ok(`+CEER: ${words}`);
  },
});

/** What was written down of a text that a modem refused with an error 38. */
async function refused(words: string | undefined) {
  const profile = { ...generic, commands: [...(generic.commands ?? []), cause(words)] };
  const { bench, modem, network } = await GatewayBench.ready({}, { profile });
  network.addPhone(friend, { refuse: 38 });
  bench.table.commands();
  const id = await bench.send();
  await until(bench.clock, 'the circumstances', () => bench.story(id).includes('circumstances 1'), 5_000);
  const detail = bench.timeline(id).find(({ entry }) => entry === 'circumstances')?.detail;
  return { bench, modem, network, id, detail };
}

describe('a refusal that gives no reason', () => {
  it('is written down with how the modem stood, and what it adds of itself', async () => {
    const { detail } = await refused('"SM service, no radio resources"');
    expect(detail).toBe(
      'registration: calls at home, data at home, LTE not registered; signal: -73 dBm; ' +
        'service centre: +15550000000; ' +
        'the modem adds: SM service, no radio resources',
    );
  });

  it.each([['No cause information available'], [undefined]])(
    'is written down all the same where the modem has nothing to add (%s)',
    async (words) => {
      const { detail } = await refused(words);
      expect(detail).toMatch(/^registration: .+; signal: .+; service centre: \+15550000000$/);
    },
  );

  it('is looked into before the next text leaves, and holds none back', async () => {
    const { bench, network } = await refused('"failed"');
    bench.table.commands();
    network.addPhone(friend, { refuse: 38 });
    await bench.send({ body: 'refused' });
    const next = await bench.send({ to: '+15557000002' });
    await bench.reaches(next, 'delivered', 5_000);
    const written = bench.table.commands();
    const sends = written.flatMap((command, at) => (command.startsWith('AT+CMGS=') ? [at] : []));
    expect(sends).toHaveLength(2);
    expect(written.indexOf('AT+CEER')).toBeGreaterThan(sends[0] ?? 0);
    expect(written.lastIndexOf('AT+CSCA?')).toBeLessThan(sends[1] ?? 0);
  });
});
