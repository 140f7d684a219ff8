import { describe, expect, it } from 'vitest';
import { attention, readSignal } from '../../../src/gsm/at/commands.ts';
import { type ConsoleRequest, checkConsole, runConsole } from '../../../src/modem/console/console.ts';
import { ManualClock } from '../../manual-clock.ts';
import { type ChannelBench, lineOver, openChannel } from '../channel-bench.ts';
import { settled } from '../eventually.ts';
import { ScriptedPort } from '../scripted-port.ts';

async function start(
  { channel }: Pick<ChannelBench, 'channel'>,
  line: string,
  more: Partial<ConsoleRequest> = {},
) {
  return runConsole(channel, checkConsole({ line, timeoutMs: 10_000, force: false, ...more }));
}

function type(
  bench: Pick<ChannelBench, 'clock' | 'channel'>,
  line: string,
  more: Partial<ConsoleRequest> = {},
) {
  return settled(bench.clock, start(bench, line, more));
}

describe('a command on the console', () => {
  it('answers with the lines of the modem, its final result and the time it took', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 250 } });
    expect(await type(bench, 'AT+CSQ')).toEqual({
      lines: [expect.stringMatching(/^\+CSQ: /)],
      result: 'OK',
      ok: true,
      elapsedMs: 250,
      prompted: false,
      changes: 'nothing',
    });
    expect(bench.written).toEqual(['AT+CSQ\r']);
  });

  it('gives what the modem said before it refused a command of a chain', async () => {
    const bench = await openChannel();
    const answer = await type(bench, 'AT+CSQ;+NOSUCH;+CREG?');
    expect(answer).toMatchObject({ ok: false, lines: [expect.stringMatching(/^\+CSQ: /)] });
    expect(answer.result).toMatch(/ERROR/);
  });

  it('gives lines of any kind, several of them', async () => {
    const bench = await openChannel();
    const answer = await type(bench, 'ATI;+CPMS?');
    expect(answer.lines.length).toBeGreaterThan(1);
    expect(answer.lines.at(-1)).toMatch(/^\+CPMS: /);
  });

  it('lets no unsolicited line into the answer, and loses none', async () => {
    const news = ['+CMTI: "SM",1', '+CREG: 5', '^RSSI:19', '+CLIP: "+15557654321",145'];
    const bench = await openChannel({ faults: { insideAnswers: news } });
    const answer = await type(bench, 'AT+CREG?');
    expect(answer.lines).toEqual([expect.stringMatching(/^\+CREG: \d,\d/)]);
    expect(bench.unsolicited).toContainEqual({ type: 'message-stored', storage: 'SM', index: 1 });
    expect(bench.unsolicited).toContainEqual(expect.objectContaining({ type: 'registration' }));
  });

  it.each(['AT+CFUN=4', 'AT+EGMR=1,7,"490154203237518"', 'AT+CSQ\r'])(
    'that is refused writes nothing: %j',
    async (line) => {
      const bench = await openChannel();
      await expect(type(bench, line)).rejects.toMatchObject({ name: 'ConsoleRefusal' });
      expect(bench.written).toEqual([]);
    },
  );

  it('that asks for a text is left with ESC, and sends nothing', async () => {
    const bench = await openChannel();
    const answer = await type(bench, 'AT+CMGS=20', { force: true });
    expect(answer).toMatchObject({ prompted: true, lines: ['>'], changes: 'reliedOn' });
    expect(bench.written).toEqual(['AT+CMGS=20\r', '\x1b']);
    expect(bench.network.submissions.count).toBe(0);
    expect(await settled(bench.clock, bench.channel.run(readSignal))).toBeTypeOf('number');
  });

  it('with no answer in the time given ends without a result, and the channel comes back into step', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 15_000 } });
    const typed = type(bench, 'AT+CSQ', { timeoutMs: 10_000 });
    await bench.clock.advance(9_999);
    bench.modem.faults.answerDelayMs = 0;
    const answer = await typed;
    expect(answer).toMatchObject({ result: undefined, ok: false, lines: [], elapsedMs: 10_000 });
    expect(await settled(bench.clock, bench.channel.run(readSignal))).toBeTypeOf('number');
    expect(bench.told).toEqual([]);
  });

  it('may take as long as it was given', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 150_000 } });
    const answer = await type(bench, 'AT+COPS=?', { timeoutMs: 180_000 });
    expect(answer.elapsedMs).toBe(150_000);
  });

  it('goes before what waits, and nothing comes between its octets', async () => {
    const bench = await openChannel({ faults: { answerDelayMs: 100 } });
    const waiting = [bench.channel.run(attention), bench.channel.run(readSignal)];
    const typed = start(bench, 'AT+CREG?');
    await settled(bench.clock, Promise.all([...waiting, typed]));
    expect(bench.written).toEqual(['AT\r', 'AT+CREG?\r', 'AT+CSQ\r']);
  });

  it('says so when the port goes away before the answer', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    const typed = start(bench, 'AT+CSQ');
    await bench.clock.advance(10);
    bench.modem.powerOff();
    await expect(typed).rejects.toMatchObject({ code: 'closed' });
  });
});

it('a prompt with nothing after the ESC ends in time, and the next command is none of its text', async () => {
  const clock = new ManualClock();
  const port = new ScriptedPort();
  for (const line of ['AT', '\x1b']) port.answers.set(line, '\r\nOK\r\n');
  const line = lineOver(port, clock);
  await settled(clock, line.channel.start());
  port.answers.delete('\x1b');
  port.answers.set('AT^PROMPT', '\r\n> ');
  const answer = await type(line, 'AT^PROMPT', { timeoutMs: 2_000 });
  expect(answer).toMatchObject({ prompted: true, result: undefined });
  expect(line.written.slice(-4)).toEqual(['\x1b', '\x1b\r', 'AT\r', 'AT\r']);
});
