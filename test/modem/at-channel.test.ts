import { describe, expect, it } from 'vitest';
import {
  action,
  attention,
  deleteMessage,
  enterPin,
  listMessages,
  readManufacturer,
  readMessageFormat,
  readSignal,
  readStores,
} from '../../src/gsm/at/commands.ts';
import type { Priority } from '../../src/modem/job-queue.ts';
import { ModemError } from '../../src/modem/modem-error.ts';
import { ManualClock } from '../manual-clock.ts';
import { friend, lineOver, openChannel, ownNumber, submit } from './channel-bench.ts';
import { settled } from './eventually.ts';
import { ScriptedPort } from './scripted-port.ts';

/** The error's code, or what came instead. */
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    (answer) => `answered ${answer}`,
    (error: unknown) => (error instanceof ModemError ? error.code : String(error)),
  );

describe('when the port is opened', () => {
  it('the first octet is ESC, and AT is asked until the modem is in step', async () => {
    const bench = await openChannel({ started: false });
    await settled(bench.clock, bench.channel.start());
    expect(bench.written).toEqual(['\x1b\r', 'AT\r', 'AT\r']);
  });

  it('a modem that a crash left at its prompt is freed, and nothing is sent', async () => {
    const bench = await openChannel({ started: false });
    bench.modem.receive('AT+CMGS=19\r');
    bench.modem.receive('0011000B91');
    await settled(bench.clock, bench.channel.start());
    expect(await settled(bench.clock, bench.channel.run(readSignal))).toBe(-73);
    expect(bench.network.submissions.count).toBe(0);
  });

  it('a modem that says nothing is stalled after ten tries', async () => {
    const bench = await openChannel({ started: false, faults: { hang: true } });
    expect(await settled(bench.clock, codeOf(bench.channel.start()))).toBe('timeout');
    expect(bench.written.filter((octets) => /^AT(Q0V1)?\r$/.test(octets))).toHaveLength(10);
    expect(bench.told).toEqual(['stalled']);
    expect(await codeOf(bench.channel.run(readSignal))).toBe('timeout');
  });
});

describe('one exchange is in flight', () => {
  it('and the next is written only when it has its answer', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 500 } });
    const first = bench.channel.run(readSignal);
    const second = bench.channel.run(readMessageFormat);
    await bench.clock.advance(499);
    expect(bench.written).toEqual(['AT+CSQ\r']);
    await bench.clock.advance(1);
    expect(bench.written).toEqual(['AT+CSQ\r', 'AT+CMGF?\r']);
    expect(await settled(bench.clock, Promise.all([first, second]))).toEqual([-73, 0]);
  });

  it('and what waits goes by priority, then by age', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 10 } });
    const order: string[] = [];
    const ask = (name: string, priority: Priority) =>
      bench.channel.run({ ...attention, parse: () => order.push(name) }, priority);
    const all = [
      ask('in flight', 'health'),
      ask('health 1', 'health'),
      ask('send', 'send'),
      ask('report', 'report'),
      ask('arrival 1', 'arrival'),
      ask('control', 'control'),
      ask('arrival 2', 'arrival'),
      ask('health 2', 'health'),
    ];
    await settled(bench.clock, Promise.all(all));
    expect(order).toEqual([
      'in flight',
      'control',
      'arrival 1',
      'arrival 2',
      'report',
      'send',
      'health 1',
      'health 2',
    ]);
  });

  it('and a sequence lets nothing come between its commands, however urgent', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 10 } });
    const sequence = bench.channel.sequence('arrival', async (run) => {
      await run(readStores);
      await run(listMessages);
      await run(readStores);
    });
    await bench.clock.advance(5);
    const urgent = bench.channel.run(attention, 'control');
    await settled(bench.clock, Promise.all([sequence, urgent]));
    expect(bench.written).toEqual(['AT+CPMS?\r', 'AT+CMGL=4\r', 'AT+CPMS?\r', 'AT\r']);
  });

  it('and a sequence that fails lets the next one begin', async () => {
    const bench = await openChannel();
    const failed = bench.channel.sequence('arrival', (run) => run(action('AT+NOSUCH')));
    const next = bench.channel.run(readSignal);
    expect(await settled(bench.clock, codeOf(failed))).toBe('refused');
    expect(await settled(bench.clock, next)).toBe(-73);
  });
});

describe('an answer', () => {
  it('that is an error is told with its number and the command', async () => {
    const bench = await openChannel({
      faults: { refusals: [{ command: '+CSQ', result: { kind: 'cme', code: 14 }, times: 1 }] },
    });
    const error = await settled(
      bench.clock,
      bench.channel.run(readSignal).catch((reason: unknown) => reason),
    );
    expect(error).toMatchObject({
      code: 'refused',
      command: 'AT+CSQ',
      refusal: { kind: 'cme', code: 14, text: '+CME ERROR: 14' },
      message: 'AT+CSQ: +CME ERROR: 14',
    });
  });

  it('that never comes is told, and nothing secret with it', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    const error = await settled(
      bench.clock,
      bench.channel.run(enterPin('4711')).catch((reason: unknown) => reason),
    );
    expect(error).toMatchObject({
      code: 'timeout',
      command: 'AT+CPIN="****"',
      message: 'AT+CPIN="****": timeout',
    });
  });

  it('may have unsolicited lines between its own', async () => {
    const bench = await openChannel();
    bench.network.deliver({ from: friend, to: ownNumber, text: 'one' });
    bench.network.deliver({ from: friend, to: ownNumber, text: 'two' });
    await bench.clock.advance(0);
    bench.unsolicited.length = 0;
    bench.modem.faults.insideAnswers = ['^RSSI:19', '+CMTI: "SM",9', '+CREG: 2'];
    const listed = await settled(bench.clock, bench.channel.run(listMessages));
    expect(listed.map(({ index }) => index)).toEqual([1, 2]);
    expect(listed.every(({ pdu }) => pdu.length > 40)).toBe(true);
    expect(bench.unsolicited).toContainEqual({ type: 'message-stored', storage: 'SM', index: 9 });
    expect(bench.unsolicited).toContainEqual(
      expect.objectContaining({ type: 'registration', domain: 'circuit' }),
    );
  });

  it('of free text holds no line that came unasked', async () => {
    const bench = await openChannel({ faults: { insideAnswers: ['^RSSI:19', 'RING', '+CMTI: "SM",9'] } });
    expect(await settled(bench.clock, bench.channel.run(readManufacturer))).toBe('Postern');
  });

  it('is the same from a modem that echoes, which is told', async () => {
    const bench = await openChannel();
    bench.modem.settings.echo = true;
    expect(await settled(bench.clock, bench.channel.run(readSignal))).toBe(-73);
    expect(await settled(bench.clock, bench.channel.run(readManufacturer))).toBe('Postern');
    expect(bench.told).toEqual(['echo', 'echo']);
  });

  it('is the same however the line cuts it, and through noise on lines of its own', async () => {
    const bench = await openChannel();
    bench.network.deliver({ from: friend, to: ownNumber, text: 'one' });
    await bench.clock.advance(0);
    bench.modem.faults.fragments = { longest: 3, gapMs: 1 };
    bench.modem.faults.noise = '\0';
    expect(await settled(bench.clock, bench.channel.run(listMessages))).toHaveLength(1);
  });
});

describe('after a time-out', () => {
  it('the modem is brought into step before the next command', async () => {
    const bench = await openChannel();
    bench.modem.faults.hang = true;
    const late = codeOf(bench.channel.run(readSignal));
    await bench.clock.advance(5_000);
    expect(bench.written).toEqual(['AT+CSQ\r', 'AT\r']);
    bench.modem.faults.hang = false;
    expect(await settled(bench.clock, late)).toBe('timeout');
    expect(await settled(bench.clock, bench.channel.run(readMessageFormat))).toBe(0);
  });

  it.each([5_500, 6_100, 7_500, 9_900])(
    'an answer that comes after %i ms, with those to all that was asked since, completes no other command',
    async (lateMs) => {
      const bench = await openChannel();
      bench.network.deliver({ from: friend, to: ownNumber, text: 'one' });
      await bench.clock.advance(0);
      bench.modem.faults.answerDelayMs = lateMs;
      bench.modem.faults.fragments = { longest: 4, gapMs: 20 };
      const late = codeOf(bench.channel.run(readSignal));
      await bench.clock.advance(100);
      bench.modem.faults.answerDelayMs = 0;
      const listed = bench.channel.run(listMessages, 'arrival');
      const stores = bench.channel.run(readStores);
      const deleted = bench.channel.run(deleteMessage(1), 'arrival');
      expect(await settled(bench.clock, late)).toBe('timeout');
      expect(await settled(bench.clock, listed)).toHaveLength(1);
      await settled(bench.clock, deleted);
      expect(await settled(bench.clock, stores)).toMatchObject([{ used: 0 }, { used: 0 }, { used: 0 }]);
      expect(bench.told).toEqual([]);
    },
  );

  it('a modem that stays silent is stalled, and what waits is told so', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    const waiting = [
      bench.channel.run(readSignal),
      bench.channel.run(readStores),
      bench.channel.run(attention),
    ];
    const codes = await settled(bench.clock, Promise.all(waiting.map(codeOf)));
    expect(codes).toEqual(['timeout', 'cancelled', 'cancelled']);
    expect(bench.told).toEqual(['stalled']);
    expect(bench.written).not.toContain('AT+CPMS?\r');
  });
});

describe('a port that goes away', () => {
  it('ends the exchange in flight and all that waits', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    const waiting = [bench.channel.run(readSignal), bench.channel.run(readStores)];
    await bench.clock.advance(100);
    bench.modem.powerOff();
    expect(await settled(bench.clock, Promise.all(waiting.map(codeOf)))).toEqual(['closed', 'cancelled']);
    expect(bench.told).toEqual(['closed']);
    expect(await codeOf(bench.channel.run(readSignal))).toBe('closed');
  });

  it('without a word is noticed when it is written to', async () => {
    const clock = new ManualClock();
    const port = new ScriptedPort();
    port.answers.set('AT', '\r\nOK\r\n');
    const line = lineOver(port, clock);
    await settled(clock, line.channel.start());
    port.removeAllListeners('close');
    port.pull();
    expect(await settled(clock, codeOf(line.channel.run(readSignal)))).toBe('closed');
    expect(line.told).toEqual(['closed']);
  });
});

describe('a channel that is stopped', () => {
  it('lets the exchange in flight end within its grace, and drops the rest', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 800 } });
    const inFlight = bench.channel.run(readSignal);
    const waiting = codeOf(bench.channel.run(readStores));
    await bench.clock.advance(100);
    const stopped = bench.channel.stop(1_000);
    expect(await settled(bench.clock, waiting)).toBe('cancelled');
    expect(await settled(bench.clock, inFlight)).toBe(-73);
    await settled(bench.clock, stopped);
    expect(bench.written).toEqual(['AT+CSQ\r']);
  });

  it('gives up what does not end in that time', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    const inFlight = codeOf(bench.channel.run(readSignal));
    await bench.clock.advance(100);
    const stopped = bench.channel.stop(1_000);
    await bench.clock.advance(999);
    expect(bench.told).toEqual([]);
    await bench.clock.advance(1);
    await settled(bench.clock, stopped);
    expect(await settled(bench.clock, inFlight)).toBe('closed');
  });

  it('can be stopped twice', async () => {
    const bench = await openChannel();
    await bench.channel.stop();
    await bench.channel.stop();
    expect(await submit(bench)).toMatchObject({ kind: 'not-submitted', error: { code: 'closed' } });
  });
});

it('asks in a loop fill no memory: past a thousand they are refused', async () => {
  const bench = await openChannel({ faults: { hang: true } });
  const codes: string[] = [];
  for (let index = 0; index < 1_100; index++)
    void codeOf(bench.channel.run(attention)).then((code) => codes.push(code));
  await bench.clock.advance(0);
  expect(codes).toEqual(Array.from({ length: 99 }, () => 'cancelled'));
});
