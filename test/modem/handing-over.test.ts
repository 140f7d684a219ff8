import { describe, expect, it } from 'vitest';
import type { PlannedRefusal } from '../../src/emulator/index.ts';
import { readSignal } from '../../src/gsm/at/commands.ts';
import { ManualClock } from '../manual-clock.ts';
import {
  type ChannelBench,
  type ChannelBenchOptions,
  hello,
  lineOver,
  openChannel,
  submit,
} from './channel-bench.ts';
import { settled } from './eventually.ts';
import { ScriptedPort } from './scripted-port.ts';

const refusal = (planned: Partial<PlannedRefusal>): ChannelBenchOptions => ({
  faults: {
    refusals: [{ command: '+CMGS', result: { kind: 'cms', code: 500 }, times: 1, ...planned }],
  },
});

/** The next command and the next send are answered as if nothing had been. */
async function goesOn(bench: ChannelBench, sentBefore: number): Promise<void> {
  expect(await settled(bench.clock, bench.channel.run(readSignal))).toBe(-73);
  expect(await submit(bench)).toMatchObject({ kind: 'accepted' });
  expect(bench.network.submissions.count).toBe(sentBefore + 1);
}

/** A channel over a scripted device that has been brought into step. */
async function scripted() {
  const clock = new ManualClock();
  const port = new ScriptedPort();
  port.answers.set('AT', '\r\nOK\r\n');
  const line = lineOver(port, clock);
  await settled(clock, line.channel.start());
  port.written.length = 0;
  line.written.length = 0;
  return { ...line, port };
}

describe('a text is handed over', () => {
  it('by its length, and by its octets only after the prompt', async () => {
    const bench = await openChannel();
    expect(await submit(bench)).toEqual({ kind: 'accepted', reference: 1 });
    expect(bench.written).toEqual([`AT+CMGS=${hello.tpduLength}\r`, `${hello.pdu}\x1a`]);
    expect(bench.network.submissions.all).toMatchObject([{ text: 'Hello', reference: 1 }]);
  });

  it('with its commit between the prompt and the first octet', async () => {
    const bench = await openChannel({ faults: { promptDelayMs: 700 } });
    const moments: [string, number][] = [];
    const outcome = submit(bench, () => moments.push([bench.written.join(''), bench.clock.monotonic()]));
    await outcome;
    expect(moments).toEqual([[`AT+CMGS=${hello.tpduLength}\r`, expect.any(Number)]]);
    expect(bench.network.submissions.count).toBe(1);
  });

  it.each([['\r\n>'], ['\r\n>\r\n'], ['\r\n> \r\n'], ['> ']])('at the prompt %j', async (prompt) => {
    const bench = await openChannel({ faults: { prompt } });
    expect(await submit(bench)).toEqual({ kind: 'accepted', reference: 1 });
  });

  it('cut into pieces, with echo, with talk at the prompt', async () => {
    const bench = await openChannel({
      faults: { fragments: { longest: 2, gapMs: 1 }, unsolicitedAtPrompt: true },
    });
    bench.modem.settings.echo = true;
    const outcome = submit(bench, () => bench.modem.unsolicited('+CMTI: "SM",3'));
    expect(await outcome).toEqual({ kind: 'accepted', reference: 1 });
    expect(bench.unsolicited).toContainEqual({ type: 'message-stored', storage: 'SM', index: 3 });
  });

  it('and its report may come before its reference', async () => {
    const bench = await openChannel({ faults: { reportBeforeResult: true } });
    expect(await submit(bench)).toEqual({ kind: 'accepted', reference: 1 });
    expect(bench.unsolicited).toMatchObject([{ type: 'report', tpduLength: 25 }]);
  });

  it('and another only when the modem is done with it', async () => {
    const bench = await openChannel({ network: { latencyMs: 3_000 } });
    const first = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    const second = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await bench.clock.advance(2_999);
    expect(bench.written).toHaveLength(2);
    expect(await settled(bench.clock, first)).toEqual({ kind: 'accepted', reference: 1 });
    expect(await settled(bench.clock, second)).toEqual({ kind: 'accepted', reference: 2 });
  });
});

describe('a text that could not be committed', () => {
  it('is not sent, the prompt is left, and the reason is passed on', async () => {
    const bench = await openChannel();
    const disk = new Error('the disk is full');
    const refused = submit(bench, () => {
      throw disk;
    });
    await expect(refused).rejects.toBe(disk);
    expect(bench.written.join('')).not.toContain(hello.pdu);
    expect(bench.network.submissions.count).toBe(0);
    await goesOn(bench, 0);
  });
});

describe('a text that was not handed over:', () => {
  it('the modem gave no prompt within 10 s', async () => {
    const bench = await openChannel({ faults: { loseNextPrompts: 1 } });
    let committed = 0;
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => committed++);
    await bench.clock.advance(9_999);
    expect(bench.written).toHaveLength(1);
    await bench.clock.advance(1);
    expect(bench.written[1]).toBe('\x1b\r');
    expect(await settled(bench.clock, outcome)).toMatchObject({
      kind: 'not-submitted',
      error: { code: 'timeout' },
    });
    expect(committed).toBe(0);
    await goesOn(bench, 0);
  });

  it('the prompt came too late, and swallowed what was asked meanwhile', async () => {
    const bench = await openChannel({ faults: { promptDelayMs: 12_000 } });
    expect(await submit(bench)).toMatchObject({ kind: 'not-submitted', error: { code: 'timeout' } });
    bench.modem.faults.promptDelayMs = 0;
    await goesOn(bench, 0);
    expect(bench.told).toEqual([]);
  });

  it('the modem refused it at once', async () => {
    const bench = await openChannel(refusal({ at: 'command', result: { kind: 'cms', code: 304 } }));
    const outcome = await submit(bench, () => expect.fail('nothing is to be committed'));
    expect(outcome).toMatchObject({
      kind: 'not-submitted',
      error: { code: 'refused', refusal: { kind: 'cms', code: 304 } },
    });
    await goesOn(bench, 0);
  });

  it('the modem was unplugged before the prompt', async () => {
    const bench = await openChannel({ faults: { promptDelayMs: 5_000 } });
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => expect.fail('no prompt came'));
    await bench.clock.advance(1_000);
    bench.modem.powerOff();
    expect(await settled(bench.clock, outcome)).toMatchObject({
      kind: 'not-submitted',
      error: { code: 'closed' },
    });
  });

  it('the modem started anew before the prompt', async () => {
    const bench = await openChannel({ faults: { promptDelayMs: 5_000 } });
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => expect.fail('no prompt came'));
    await bench.clock.advance(1_000);
    bench.channel.abandon('restarted');
    expect(await settled(bench.clock, outcome)).toMatchObject({
      kind: 'not-submitted',
      error: { code: 'restarted' },
    });
  });

  it('its turn never came', async () => {
    const bench = await openChannel({ faults: { hang: true } });
    void bench.channel.run(readSignal).catch(() => undefined);
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => expect.fail('no prompt came'));
    expect(await settled(bench.clock, outcome)).toMatchObject({
      kind: 'not-submitted',
      error: { code: 'cancelled' },
    });
    expect(bench.written).not.toContain(`AT+CMGS=${hello.tpduLength}\r`);
  });
});

describe('a text that the network refused', () => {
  it.each([
    [{ kind: 'cms', code: 38 }, '+CMS ERROR: 38', 0],
    [{ kind: 'cms', code: 500 }, '+CMS ERROR: 500', 25_000],
    [{ kind: 'cme', code: 14 }, '+CME ERROR: 14', 0],
    [{ kind: 'error' }, 'ERROR', 3_000],
    [{ kind: 'words', words: 'COMMAND NOT SUPPORT' }, 'COMMAND NOT SUPPORT', 0],
  ] as const)('with %j is told with the time that it took', async (result, text, delayMs) => {
    const bench = await openChannel(refusal({ result, delayMs }));
    const outcome = await submit(bench);
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { text }, afterMs: delayMs });
    await goesOn(bench, 0);
  });
});

describe('a text whose fate is not known:', () => {
  it('the modem lost the result; 120 s are waited, then 60 s of listening, and nothing but AT is written', async () => {
    const bench = await openChannel({ faults: { loseNextSendResults: 1 } });
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await bench.clock.advance(119_999);
    expect(bench.written).toHaveLength(2);
    await bench.clock.advance(1);
    expect(await settled(bench.clock, outcome)).toEqual({ kind: 'unknown', cause: 'timeout' });
    const next = bench.channel.run(readSignal, 'control');
    await bench.clock.advance(59_000);
    expect(new Set(bench.written.slice(2))).toEqual(new Set(['AT\r']));
    expect(await settled(bench.clock, next)).toBe(-73);
    await goesOn(bench, 1);
  });

  it('its reference came within those 60 s, and is told', async () => {
    const bench = await openChannel({ faults: { sendResultDelayMs: 150_000 } });
    expect(await submit(bench)).toEqual({ kind: 'unknown', cause: 'timeout' });
    bench.modem.faults.sendResultDelayMs = 0;
    const next = submit(bench);
    await bench.clock.advance(40_000);
    expect(await next).toEqual({ kind: 'accepted', reference: 2 });
    expect(bench.unsolicited.filter(({ type }) => type === 'submitted')).toEqual([
      { type: 'submitted', reference: 1 },
    ]);
  });

  it('its refusal came within those 60 s, and is told', async () => {
    const bench = await openChannel(refusal({ delayMs: 150_000, result: { kind: 'cms', code: 38 } }));
    expect(await submit(bench)).toEqual({ kind: 'unknown', cause: 'timeout' });
    await bench.clock.advance(60_000);
    expect(bench.lateRefusals).toEqual([
      [{ kind: 'cms', code: 38, text: '+CMS ERROR: 38' }, expect.any(Number)],
    ]);
    expect(bench.lateRefusals[0]?.[1]).toBeGreaterThanOrEqual(150_000);
    await goesOn(bench, 0);
  });

  it('the modem was unplugged', async () => {
    const bench = await openChannel({ network: { latencyMs: 5_000 } });
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await bench.clock.advance(1_000);
    bench.modem.powerOff();
    expect(await settled(bench.clock, outcome)).toEqual({ kind: 'unknown', cause: 'closed' });
  });

  it('the modem started anew', async () => {
    const bench = await openChannel({ network: { latencyMs: 5_000 } });
    const outcome = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await bench.clock.advance(1_000);
    bench.channel.abandon('restarted');
    expect(await settled(bench.clock, outcome)).toEqual({ kind: 'unknown', cause: 'restarted' });
  });

  it('the port went away while the PDU was written', async () => {
    const { port, channel, clock } = await scripted();
    port.answers.set(`AT+CMGS=${hello.tpduLength}`, '\r\n> ');
    const outcome = channel.submit(hello.pdu, hello.tpduLength, () => port.removeAllListeners('close'));
    port.answers.clear();
    await clock.advance(0);
    port.pull();
    expect(await settled(clock, outcome)).toMatchObject({ kind: 'unknown' });
  });
});

describe('a reference without the OK behind it', () => {
  it('is an acceptance at once; the port is free after five seconds', async () => {
    const { port, channel, clock, written } = await scripted();
    const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await clock.advance(0);
    port.says('\r\n> ');
    port.tells('+CMGS: 64');
    expect(await settled(clock, outcome)).toEqual({ kind: 'accepted', reference: 64 });
    const next = channel.run(readSignal);
    await clock.advance(4_900);
    expect(written).toHaveLength(2);
    port.answers.set('AT+CSQ', '\r\n+CSQ: 9,99\r\n\r\nOK\r\n');
    expect(await settled(clock, next)).toBe(-95);
  });

  it('is an acceptance even if an error follows', async () => {
    const { port, channel, clock } = await scripted();
    const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await clock.advance(0);
    port.says('\r\n> ');
    port.tells('+CMGS: 64', '+CMS ERROR: 500');
    expect(await settled(clock, outcome)).toEqual({ kind: 'accepted', reference: 64 });
  });
});

describe('an OK that belongs to something older', () => {
  it('is no acceptance, whether it comes before the prompt or after the PDU', async () => {
    const { port, channel, clock } = await scripted();
    const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await clock.advance(0);
    port.tells('OK');
    port.says('\r\n> ');
    port.tells('OK');
    await clock.advance(100_000);
    port.tells('+CMGS: 3', 'OK');
    expect(await settled(clock, outcome)).toEqual({ kind: 'accepted', reference: 3 });
  });

  it('alone leaves the fate of the text unknown', async () => {
    const { port, channel, clock } = await scripted();
    const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    await clock.advance(0);
    port.says('\r\n> ');
    port.tells('OK');
    expect(await settled(clock, outcome)).toEqual({ kind: 'unknown', cause: 'timeout' });
  });
});

it('a +CMGS that answers an older text, at the prompt of the next, is not taken for that one', async () => {
  const { port, channel, clock, unsolicited } = await scripted();
  const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
  await clock.advance(0);
  port.tells('+CMGS: 9');
  port.says('\r\n> ');
  port.tells('+CMGS: 10', 'OK');
  expect(await settled(clock, outcome)).toEqual({ kind: 'accepted', reference: 10 });
  expect(unsolicited).toEqual([{ type: 'submitted', reference: 9 }]);
});

it('an error that came late, while AT was asked, is not taken for the refusal of AT', async () => {
  const { port, channel, clock, lateRefusals } = await scripted();
  const outcome = channel.submit(hello.pdu, hello.tpduLength, () => undefined);
  await clock.advance(0);
  port.says('\r\n> ');
  port.answers.delete('AT');
  expect(await settled(clock, outcome)).toEqual({ kind: 'unknown', cause: 'timeout' });
  port.tells('+CMS ERROR: 21');
  port.answers.set('AT', '\r\nOK\r\n');
  port.answers.set('AT+CSQ', '\r\n+CSQ: 9,99\r\n\r\nOK\r\n');
  await clock.advance(2_000);
  expect(lateRefusals).toMatchObject([[{ code: 21 }, expect.any(Number)]]);
  expect(await settled(clock, channel.run(readSignal))).toBe(-95);
});
