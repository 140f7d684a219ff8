import { describe, expect, it } from 'vitest';
import type { EmulatedModem } from '../../src/emulator/index.ts';
import { settled, until } from '../modem/eventually.ts';
import { GatewayBench, port } from './gateway-bench.ts';

/** Calls `act` when the modem is about to receive the command that hands the text at this place over. */
function atCommand(modem: EmulatedModem, place: number, act: () => void): void {
  const receive = modem.receive.bind(modem);
  let commands = 0;
  modem.receive = (octets) => {
    if (octets.includes('AT+CMGS=') && ++commands === place) act();
    receive(octets);
  };
}

async function twoTexts(bench: GatewayBench): Promise<[first: string, second: string]> {
  return [await bench.send({ body: 'one' }), await bench.send({ body: 'two' })];
}

/** How often each text was taken by the network. */
const left = (bench: GatewayBench) => bench.table.network.submissions.all.map(({ text }) => text);

describe('the text after one that the network took', () => {
  it('has its command written before that result goes to the disk, which does not wait for the prompt', async () => {
    const { bench, modem } = await GatewayBench.ready();
    const [first, second] = await twoTexts(bench);
    let seen = '';
    atCommand(modem, 1, () => {
      seen = bench.status(first);
      modem.faults.promptDelayMs = 5_000;
    });
    await until(bench.clock, 'the second command', () => seen !== '');
    expect(seen).toBe('dispatched');
    await bench.clock.advance(2);
    expect([bench.status(first), bench.segmentsOf(second)[0]?.state]).toEqual(['sent', 'waiting']);
    await bench.reaches(second, 'sent');
    expect(left(bench)).toEqual(['one', 'two']);
  });

  it('is chosen while the network has that one, and gives way to what becomes more urgent meanwhile', async () => {
    const { bench } = await GatewayBench.ready({ latencyMs: 1_000 });
    const [first] = await twoTexts(bench);
    await until(
      bench.clock,
      'the first handed over',
      () => bench.segmentsOf(first)[0]?.state === 'submitting',
    );
    await bench.clock.advance(500);
    const urgent = await bench.send({ body: 'urgent', priority: 9 });
    await bench.reaches(urgent, 'sent');
    await bench.clock.advance(10_000);
    expect(left(bench)).toEqual(['one', 'urgent', 'two']);
  });

  it('does not leave when it was cancelled after it was chosen', async () => {
    const { bench } = await GatewayBench.ready({ latencyMs: 1_000 });
    const [first, second] = await twoTexts(bench);
    await until(
      bench.clock,
      'the first handed over',
      () => bench.segmentsOf(first)[0]?.state === 'submitting',
    );
    await bench.clock.advance(500);
    bench.control.cancel(second);
    await bench.clock.advance(10_000);
    expect([bench.status(second), left(bench)]).toEqual(['failed: cancelled', ['one']]);
  });

  it('does not leave before that result is on disk, and leaves once', async () => {
    const { bench, modem } = await GatewayBench.ready();
    const { database } = bench.table;
    const [first, second] = await twoTexts(bench);
    atCommand(modem, 1, () =>
      database
        .prepare(
          "CREATE TEMP TRIGGER full BEFORE UPDATE OF accepted_at ON segments BEGIN SELECT RAISE(FAIL, 'full'); END",
        )
        .run(),
    );
    await until(bench.clock, 'the first taken', () => left(bench).length === 1);
    await bench.clock.advance(60_000);
    expect([left(bench), bench.status(first), bench.segmentsOf(second)[0]?.state]).toEqual([
      ['one'],
      'dispatched',
      'waiting',
    ]);
    database.prepare('DROP TRIGGER full').run();
    await bench.reaches(first, 'delivered');
    await bench.reaches(second, 'delivered');
    expect(left(bench)).toEqual(['one', 'two']);
  });

  it('is lost as little as that one when the power is cut between its command and that result', async () => {
    const { bench, modem } = await GatewayBench.ready();
    const [first, second] = await twoTexts(bench);
    let cut = false;
    atCommand(modem, 1, () => {
      bench.table.copyDatabase();
      bench.table.unplug(port);
      cut = true;
    });
    await until(bench.clock, 'the second command', () => cut);
    await bench.restart();
    bench.table.plug(port, modem);
    bench.table.serve(port);
    await bench.reaches(first, 'delivered');
    await bench.reaches(second, 'delivered');
    expect(left(bench)).toEqual(['one', 'two']);
    expect(bench.story(first)).toContain('segment_settled 1');
  });

  it('is chosen by priority as ever, and only after the last part of a long one', async () => {
    const { bench } = await GatewayBench.ready();
    const long = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'its first part taken', () => left(bench).length === 1);
    const plain = await bench.send({ body: 'plain' });
    const urgent = await bench.send({ body: 'urgent', priority: 9 });
    for (const id of [long, urgent, plain]) await bench.reaches(id, 'delivered');
    expect(left(bench).slice(3)).toEqual(['urgent', 'plain']);
  });

  it('does not leave when the gateway ends before its prompt', async () => {
    const { bench, modem } = await GatewayBench.ready();
    const [first, second] = await twoTexts(bench);
    let stopped: Promise<void> | undefined;
    atCommand(modem, 1, () => {
      stopped = bench.router.stop();
    });
    await until(bench.clock, 'the second command', () => stopped !== undefined);
    await settled(bench.clock, stopped as unknown as Promise<void>);
    expect([bench.status(first), bench.segmentsOf(second)[0]?.state]).toEqual(['sent', 'waiting']);
    expect(left(bench)).toEqual(['one']);
  });

  it('has its result awaited when the gateway ends after that', async () => {
    const { bench } = await GatewayBench.ready();
    const [first, second] = await twoTexts(bench);
    const inHand = () => bench.segmentsOf(second)[0]?.state === 'submitting';
    await until(bench.clock, 'the second handed over', inHand);
    await settled(bench.clock, bench.router.stop());
    expect([bench.status(first), bench.status(second)]).toEqual(['sent', 'sent']);
    expect(left(bench)).toEqual(['one', 'two']);
  });
});

describe('a delivery report that comes while a prompt is awaited', () => {
  async function talkative() {
    const ready = await GatewayBench.ready({ reportDelayMs: 1_000 });
    ready.modem.faults.unsolicitedAtPrompt = true;
    return ready;
  }

  it('is written down when the PDU is on its way', async () => {
    const { bench, modem } = await talkative();
    const [first, second] = await twoTexts(bench);
    atCommand(modem, 1, () => {
      modem.faults.promptDelayMs = 5_000;
    });
    await bench.reaches(first, 'sent');
    await bench.clock.advance(4_000);
    expect(bench.status(first)).toBe('sent');
    await until(bench.clock, 'the PDU on its way', () => bench.segmentsOf(second)[0]?.state === 'submitting');
    expect(bench.status(first)).toBe('delivered');
  });

  it('is not lost when no prompt comes', async () => {
    const { bench, modem } = await talkative();
    const [first] = await twoTexts(bench);
    atCommand(modem, 1, () => {
      modem.faults.loseNextPrompts = 1;
    });
    await bench.reaches(first, 'delivered', 15_000);
  });

  it('is not lost when the modem is unplugged before the prompt', async () => {
    const { bench, modem } = await talkative();
    const [first] = await twoTexts(bench);
    atCommand(modem, 1, () => {
      modem.faults.promptDelayMs = 5_000;
    });
    await bench.reaches(first, 'sent');
    await bench.clock.advance(2_000);
    bench.table.unplug(port);
    await bench.reaches(first, 'delivered', 1_000);
  });
});
