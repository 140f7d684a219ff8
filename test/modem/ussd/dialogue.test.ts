import { describe, expect, it } from 'vitest';
import { immediate, type Profile } from '../../../src/emulator/index.ts';
import { huaweiE173 } from '../../../src/emulator/profiles/huawei-e173.ts';
import { sim800 } from '../../../src/emulator/profiles/sim800.ts';
import type { UssdForm } from '../../../src/gsm/ussd/string.ts';
import {
  answerWithinMs,
  questionOpenMs,
  textWaitsMs,
  UssdDialogue,
} from '../../../src/modem/ussd/dialogue.ts';
import type { UssdPreference } from '../../../src/modem/profiles/index.ts';
import type { UssdWay } from '../../../src/modem/ussd/ussd-memory.ts';
import type { UssdWishes } from '../../../src/modem/ussd/wishes.ts';
import { ManualClock } from '../../manual-clock.ts';
import { type ChannelBench, hello, lineOver, openChannel } from '../channel-bench.ts';
import { settled, until } from '../eventually.ts';
import { ScriptedPort } from '../scripted-port.ts';

const balance = 'Your balance is 12.34 EUR.\nValid until 2027-06-30.';
const menu = 'Postern Test Network\n1 Balance\n2 My number\n0 End';

interface UssdBench extends ChannelBench {
  readonly dialogue: UssdDialogue;
}

/** With a memory of its own for each dialogue. */
function wishing(preference: UssdPreference, way: UssdWay = 'automatic'): UssdWishes {
  let proven: UssdForm | undefined;
  return {
    preference: () => preference,
    way: () => way,
    proven: () => proven,
    prove: (form) => {
      proven = form;
    },
  };
}

async function open(
  options: Parameters<typeof openChannel>[0] & {
    forms?: readonly UssdForm[];
    textMode?: string;
    packedMode?: string;
    set?: string;
    way?: UssdWay;
  } = {},
): Promise<UssdBench> {
  const bench = await openChannel(options);
  if (options.set) bench.modem.settings.characterSet = options.set;
  const { forms = ['text', 'packed'], textMode, packedMode, way } = options;
  const preference = { forms, ...(textMode && { textMode }), ...(packedMode && { packedMode }) };
  const dialogue = new UssdDialogue(bench.channel, bench.clock, wishing(preference, way));
  dialogue.start();
  return { ...bench, dialogue };
}

/** What was written of USSD, but for what ends a dialogue that an earlier run may have left open. */
function codes(bench: Pick<UssdBench, 'written'>): string[] {
  const written = bench.written.filter((line) => line.startsWith('AT+CUSD'));
  return written[0] === 'AT+CUSD=2\r' ? written.slice(1) : written;
}

/** A modem that wants packed septets, and one that does not say so. */
const packing = immediate(huaweiE173);
const cases: [string, { profile?: Profile; forms?: readonly UssdForm[]; set?: string }, string[]][] = [
  ['plain text', {}, ['AT+CUSD=1,"*100#",15\r']],
  ['plain text in the set IRA', { set: 'IRA' }, ['AT+CUSD=1,"*100#",15\r']],
  ['UCS-2', { set: 'UCS2' }, ['AT+CUSD=1,"002A0031003000300023",15\r']],
  [
    'one octet a character in hex',
    { profile: immediate(sim800), set: 'HEX' },
    ['AT+CUSD=1,"2A31303023",15\r'],
  ],
  ['packed septets, known before', { profile: packing, forms: ['packed'] }, ['AT+CUSD=1,"AA180C3602",15\r']],
  [
    'packed septets, found out',
    { profile: packing },
    ['AT+CUSD=1,"*100#",15\r', 'AT+CUSD=1,"AA180C3602",15\r'],
  ],
];

describe('a code', () => {
  it.each(cases)('is answered by a modem that takes %s', async (_, options, written) => {
    const bench = await open(options);
    expect(await settled(bench.clock, bench.dialogue.request('*100#'))).toEqual({
      state: 'done',
      text: balance,
    });
    expect(codes(bench)).toEqual(written);
  });

  it('is written at once in the form that the modem took before', async () => {
    const bench = await open({ profile: packing });
    await settled(bench.clock, bench.dialogue.ask('*100#'));
    bench.written.length = 0;
    await settled(bench.clock, bench.dialogue.ask('*100#'));
    expect(codes(bench)).toEqual(['AT+CUSD=1,"AA180C3602",15\r']);
  });

  it('is written as text where the family has a mode for that, and packed where this modem has none', async () => {
    const family = { forms: ['packed', 'text'], textMode: 'AT^USSDMODE=0' } as const;
    const bench = await open({ profile: packing, ...family });
    expect(await settled(bench.clock, bench.dialogue.ask('*100#'))).toBe(balance);
    expect(codes(bench)).toEqual(['AT+CUSD=1,"*100#",15\r']);
    const older = { ...packing, commands: packing.commands.filter(({ name }) => name !== '^USSDMODE') };
    const other = await open({ profile: older, ...family });
    expect(await settled(other.clock, other.dialogue.ask('*100#'))).toBe(balance);
    expect(codes(other)).toEqual(['AT+CUSD=1,"AA180C3602",15\r']);
  });

  it('may be answered late, and nothing else waits for that', async () => {
    const bench = await open({ network: { latencyMs: 29_000 } });
    const asked = bench.dialogue.request('*100#');
    await bench.clock.advance(1_000);
    expect(
      (await bench.channel.converse({ text: 'AT', accepts: () => false, timeoutMs: 1_000 }, 'health')).outcome
        .kind,
    ).toBe('ok');
    expect(await settled(bench.clock, asked)).toEqual({ state: 'done', text: balance });
  });

  it('that nobody answers is given up after 30 seconds, in words, and called off', async () => {
    const bench = await open({ network: { latencyMs: 600_000 } });
    const asked = bench.dialogue.request('*100#');
    await bench.clock.advance(answerWithinMs - 1);
    expect(codes(bench)).toHaveLength(1);
    await expect(settled(bench.clock, asked)).rejects.toMatchObject({
      code: 'no_answer',
      message:
        'The network did not answer *100# within 30 seconds. Try it again: the code is then written in another form, which some modems want.',
    });
    expect(codes(bench).at(-1)).toBe('AT+CUSD=2\r');
  });

  it('that the network does not know is told as such', async () => {
    const bench = await open();
    await expect(settled(bench.clock, bench.dialogue.request('*999#'))).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(await settled(bench.clock, bench.dialogue.ask('*100#'))).toBe(balance);
  });

  it('that the modem refuses is told with its words, tried in no other form where that would not help', async () => {
    const refusals = [{ command: '+CUSD', result: { kind: 'cme', code: 30 } as const, times: 9 }];
    const bench = await open({ faults: { refusals } });
    await expect(settled(bench.clock, bench.dialogue.request('*100#'))).rejects.toMatchObject({
      code: 'refused',
      message: 'The modem refused the code (+CME ERROR: 30).',
    });
    expect(codes(bench)).toHaveLength(1);
  });

  it('is tried in every form, and at last without its coding', async () => {
    const refusals = [{ command: '+CUSD', result: { kind: 'error' } as const, times: 9 }];
    const bench = await open({ faults: { refusals } });
    await expect(settled(bench.clock, bench.dialogue.request('*100#'))).rejects.toMatchObject({
      code: 'refused',
    });
    expect(codes(bench)).toEqual([
      'AT+CUSD=1,"*100#",15\r',
      'AT+CUSD=1,"AA180C3602",15\r',
      'AT+CUSD=1,"*100#"\r',
    ]);
  });

  it.each([
    ['', 'The code is empty'],
    ['*100#"', 'holds "\\""'],
    ['*100#\r', 'cannot be sent by USSD'],
    ['баланс', 'holds "б"'],
    ['1'.repeat(183), 'is 183 characters long'],
  ])('%j is refused before anything is written', async (code, words) => {
    const bench = await open({ forms: ['text'] });
    await expect(settled(bench.clock, bench.dialogue.request(code))).rejects.toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining(words),
    });
    expect(codes(bench)).toEqual([]);
  });
});

describe('a dialogue', () => {
  it('that an earlier run left open takes no code for an answer', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    bench.dialogue.stop();
    const next = new UssdDialogue(bench.channel, bench.clock, wishing({ forms: ['text'] }));
    next.start();
    expect(await settled(bench.clock, next.ask('*100#'))).toBe(balance);
  });

  it('goes on from question to answer', async () => {
    const bench = await open();
    expect(await settled(bench.clock, bench.dialogue.request('*101#'))).toEqual({
      state: 'question',
      text: menu,
    });
    expect(await settled(bench.clock, bench.dialogue.answer('1'))).toEqual({
      state: 'done',
      text: 'Your balance is 12.34 EUR.',
    });
    await expect(bench.dialogue.answer('1')).rejects.toMatchObject({ code: 'no_dialogue' });
  });

  it('goes on in packed septets too', async () => {
    const bench = await open({ profile: packing });
    expect(await settled(bench.clock, bench.dialogue.request('*101#'))).toMatchObject({ text: menu });
    expect(await settled(bench.clock, bench.dialogue.answer('2'))).toMatchObject({ text: 'See AT+CNUM.' });
  });

  it('is the only one: a second code is refused while it waits for the network or for an answer', async () => {
    const bench = await open({ network: { latencyMs: 1_000 } });
    const first = bench.dialogue.request('*101#');
    await expect(bench.dialogue.request('*100#')).rejects.toMatchObject({ code: 'busy' });
    await settled(bench.clock, first);
    await expect(bench.dialogue.request('*100#')).rejects.toMatchObject({ code: 'busy' });
    await settled(bench.clock, bench.dialogue.cancel());
    expect(codes(bench).at(-1)).toBe('AT+CUSD=2\r');
    expect(await settled(bench.clock, bench.dialogue.ask('*100#'))).toBe(balance);
  });

  it('that nobody answers is called off after a minute', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    await bench.clock.advance(questionOpenMs);
    expect(codes(bench).at(-1)).toBe('AT+CUSD=2\r');
    await expect(bench.dialogue.answer('1')).rejects.toMatchObject({ code: 'no_dialogue' });
  });

  it('stays open when the answer holds what cannot be written', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    await expect(settled(bench.clock, bench.dialogue.answer('да'))).rejects.toMatchObject({
      code: 'unwritable',
    });
    expect(await settled(bench.clock, bench.dialogue.answer('0'))).toMatchObject({ text: 'Goodbye.' });
  });

  it('ends with the wait that is cancelled', async () => {
    const bench = await open({ network: { latencyMs: 5_000 } });
    const asked = bench.dialogue.request('*101#');
    await bench.clock.advance(100);
    const cancelled = bench.dialogue.cancel();
    await expect(settled(bench.clock, asked)).rejects.toMatchObject({ code: 'cancelled' });
    await settled(bench.clock, cancelled);
    expect(codes(bench).filter((line) => line === 'AT+CUSD=2\r')).toHaveLength(1);
  });

  it('for a balance takes the text and leaves the question', async () => {
    const bench = await open();
    expect(await settled(bench.clock, bench.dialogue.ask('*101#'))).toBe(menu);
    expect(codes(bench).at(-1)).toBe('AT+CUSD=2\r');
  });

  it('ends with the port', async () => {
    const bench = await open({ network: { latencyMs: 5_000 } });
    const asked = bench.dialogue.request('*100#');
    await bench.clock.advance(100);
    bench.modem.powerOff();
    await expect(settled(bench.clock, asked)).rejects.toMatchObject({ code: 'lost' });
  });
});

/** Moments that the emulated network does not bring about. */
async function scripted() {
  const clock = new ManualClock();
  const port = new ScriptedPort();
  for (const line of ['AT', 'AT+CUSD=2', 'AT+CUSD=1,"*100#",15']) port.answers.set(line, '\r\nOK\r\n');
  port.answers.set('AT+CSCS?', '\r\n+CSCS: "IRA"\r\n\r\nOK\r\n');
  const line = lineOver(port, clock);
  await settled(clock, line.channel.start());
  const dialogue = new UssdDialogue(line.channel, clock, wishing({ forms: ['text', 'packed'] }));
  dialogue.start();
  line.written.length = 0;
  return { ...line, port, dialogue };
}

describe('what a modem tells', () => {
  it.each([
    [
      'over several lines',
      '+CUSD: 0,"Menu\r\n1 Balance\r\n2 Top up",15',
      { state: 'done', text: 'Menu\n1 Balance\n2 Top up' },
    ],
    ['in Cyrillic', '+CUSD: 0,"04110430043B0430043D0441",72', { state: 'done', text: 'Баланс' }],
    ['in UCS-2 behind a language', '+CUSD: 0,"653704110430",17', { state: 'done', text: 'Ба' }],
    ['packed, to a code that it took as text', '+CUSD: 0,"D4F29C0E",15', { state: 'done', text: 'Test' }],
    ['as the network ends it', '+CUSD: 2,"Bye",15', { state: 'ended', text: 'Bye' }],
    ['as the network ends it without a word', '+CUSD: 2', { state: 'ended', text: '' }],
  ])('%s is understood', async (_, line, reply) => {
    const { clock, port, dialogue } = await scripted();
    const asked = dialogue.request('*100#');
    await clock.advance(10);
    port.says(`\r\n${line}\r\n`);
    expect(await settled(clock, asked)).toEqual(reply);
  });

  it('before its OK is understood as well', async () => {
    const { clock, port, dialogue } = await scripted();
    port.answers.set('AT+CUSD=1,"*100#",15', '\r\n+CUSD: 0,"early",15\r\n\r\nOK\r\n');
    expect(await settled(clock, dialogue.request('*100#'))).toEqual({ state: 'done', text: 'early' });
  });

  it.each([
    ['+CUSD: 3', 'busy'],
    ['+CUSD: 4', 'unsupported'],
    ['+CUSD: 5', 'no_answer'],
  ])('%s is %s', async (line, code) => {
    const { clock, port, dialogue } = await scripted();
    const asked = dialogue.request('*100#');
    await clock.advance(10);
    port.tells(line);
    await expect(settled(clock, asked)).rejects.toMatchObject({ code });
  });

  it('unasked is let be, but a question that nobody expects is called off', async () => {
    const { clock, port, written } = await scripted();
    port.tells('+CUSD: 0,"Your data is used up",15');
    await clock.advance(10);
    expect(written).toEqual([]);
    port.tells('+CUSD: 1,"Do you agree?",15');
    await until(clock, 'called off', () => written.includes('AT+CUSD=2\r'));
  });
});

describe('a text beside a dialogue', () => {
  /** Hands a text over, and says when it was taken. */
  function texted({ channel, clock }: UssdBench): { readonly takenAt: () => number | undefined } {
    let takenAt: number | undefined;
    void channel
      .submit(hello.pdu, hello.tpduLength, () => undefined)
      .then(() => {
        takenAt = clock.now();
      });
    return { takenAt: () => takenAt };
  }
  const order = ({ written }: UssdBench) =>
    written.flatMap((line) => /^AT\+(CUSD=[12]|CMGS)/.exec(line)?.[1] ?? []);

  it('waits for the network to answer a code, and leaves as soon as it did', async () => {
    const bench = await open({ network: { latencyMs: 12_000 } });
    const asked = bench.dialogue.ask('*100#');
    const { takenAt } = texted(bench);
    await bench.clock.advance(11_000);
    expect(order(bench)).toEqual(['CUSD=2', 'CUSD=1']);
    expect(await settled(bench.clock, asked)).toBe(balance);
    await until(bench.clock, 'taken', () => takenAt() !== undefined, 13_000);
    expect(order(bench)).toEqual(['CUSD=2', 'CUSD=1', 'CMGS']);
  });

  it('that was there before a code leaves after it all the same: one dialogue at a time', async () => {
    const bench = await open({ network: { latencyMs: 1_000 } });
    const first = texted(bench);
    const second = texted(bench);
    const asked = bench.dialogue.ask('*100#');
    await settled(bench.clock, asked);
    await until(bench.clock, 'taken', () => second.takenAt() !== undefined, 5_000);
    expect(first.takenAt()).toBeDefined();
    expect(order(bench)).toEqual(['CMGS', 'CUSD=2', 'CUSD=1', 'CMGS']);
  });

  it('waits while the network asks something, and goes between no code and its cancelling', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    const { takenAt } = texted(bench);
    await bench.clock.advance(10_000);
    expect(takenAt()).toBeUndefined();
    await settled(bench.clock, bench.dialogue.cancel());
    await until(bench.clock, 'taken', () => takenAt() !== undefined, 5_000);
    expect(order(bench)).toEqual(['CUSD=2', 'CUSD=1', 'CUSD=2', 'CMGS']);
  });

  it('waits half a minute at most; then the dialogue is called off, and whoever answers is told', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    const { takenAt } = texted(bench);
    const since = bench.clock.now();
    await bench.clock.advance(textWaitsMs - 1_000);
    expect(takenAt()).toBeUndefined();
    await until(bench.clock, 'taken', () => takenAt() !== undefined, 5_000);
    expect((takenAt() ?? 0) - since).toBeLessThan(textWaitsMs + 1_000);
    expect(order(bench)).toEqual(['CUSD=2', 'CUSD=1', 'CUSD=2', 'CMGS']);
    await expect(bench.dialogue.answer('1')).rejects.toMatchObject({ code: 'no_dialogue' });
  });

  it('ends the wait for an answer of the network that does not come, in words', async () => {
    const bench = await open({ network: { latencyMs: 600_000 } });
    const asked = bench.dialogue.request('*100#');
    texted(bench);
    const refusal = expect(asked).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The USSD dialogue was ended, because texts waited for it.',
    });
    await bench.clock.advance(textWaitsMs + 1_000);
    await refusal;
  });

  it('is not held back once the modem is lost in a dialogue', async () => {
    const bench = await open();
    await settled(bench.clock, bench.dialogue.request('*101#'));
    const handedOver = bench.channel.submit(hello.pdu, hello.tpduLength, () => undefined);
    bench.channel.lose(new Error('unplugged'));
    expect(await settled(bench.clock, handedOver)).toMatchObject({ kind: 'not-submitted' });
  });
});
