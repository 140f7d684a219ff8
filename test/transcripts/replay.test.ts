import { describe, expect, it } from 'vitest';
import * as commands from '../../src/gsm/at/commands.ts';
import type { CommandLine } from '../../src/gsm/at/exchange.ts';
import { finalResult } from '../../src/gsm/at/final-result.ts';
import type { Unsolicited } from '../../src/gsm/at/unsolicited.ts';
import { silentLog } from '../../src/log.ts';
import { AtChannel, type Conversation } from '../../src/modem/at-channel.ts';
import { ManualClock } from '../manual-clock.ts';
import { settled } from '../modem/eventually.ts';
import { ScriptedPort } from '../modem/scripted-port.ts';
import { dialogueOf, type Turn } from './replay.ts';
import { transcripts } from './transcripts.ts';

/** Divides octets as a serial port may: `Infinity` not at all, 0 octet by octet, else in two at this place. */
type Cut = number;

function pieces(octets: string, cut: Cut): string[] {
  if (cut === 0) return [...octets];
  return cut < octets.length ? [octets.slice(0, cut), octets.slice(cut)] : [octets];
}

/** A device that answers a turn as the modem did, and AT as every modem does. */
class RecordedModem extends ScriptedPort {
  #turn: Turn | undefined;
  #cut: Cut = Number.POSITIVE_INFINITY;
  typed = false;

  play(turn: Turn, cut: Cut): void {
    this.#turn = turn;
    this.#cut = cut;
    this.typed = false;
  }

  override async write(octets: string): Promise<void> {
    await super.write(octets);
    if (octets === `${this.#turn?.command}\r` && !this.typed) {
      this.typed = true;
      this.#say(this.#turn?.answer ?? '');
    } else if (octets.endsWith('\x1a')) this.#say(this.#turn?.afterText ?? '');
    else if (octets === 'AT\r') this.#say('\r\nOK\r\n');
  }

  #say(octets: string): void {
    queueMicrotask(() => {
      for (const piece of pieces(octets, this.#cut)) this.says(piece);
    });
  }
}

async function lineTo(modem: RecordedModem) {
  const clock = new ManualClock();
  const limits = { promptTimeoutMs: 10_000, resultTimeoutMs: 20_000, lateResultMs: 10_000 };
  const channel = new AtChannel(modem, clock, silentLog, limits);
  const unsolicited: Unsolicited[] = [];
  channel.on('unsolicited', (event) => unsolicited.push(event));
  await settled(clock, channel.start());
  return { clock, channel, unsolicited };
}

const known = Object.values(commands).flatMap((value): CommandLine[] => {
  if (Array.isArray(value)) return value as CommandLine[];
  return typeof value === 'object' && 'accepts' in value ? [value as CommandLine] : [];
});

/** The command as the gateway has it, where it has it; else one that takes the lines that came. */
function commandFor({ command, own }: Turn): CommandLine {
  const ours = known.find(({ text }) => text === command);
  return ours ?? { text: command, accepts: (line) => own.includes(line), timeoutMs: 5_000 };
}

function expected({ own, final }: Turn, command: CommandLine): Conversation['outcome'] {
  const result = final === undefined ? undefined : finalResult(final);
  if (result?.ok || (!result && command.settleMs && own.length > 0)) return { kind: 'ok', lines: own };
  if (result && !result.ok)
    return { kind: 'refused', refusal: result.refusal, payloadWritten: false, lines: own };
  return { kind: 'lost', cause: 'timeout', payloadWritten: false, lines: own };
}

/** Turns of text mode and of calls are none that the gateway takes part in; PINs that were painted over are none. */
const foreign = /^(?:AT\+CMGS=\D|ATD|AT\+CPIN="x)/;

async function converse(
  { clock, channel }: Awaited<ReturnType<typeof lineTo>>,
  modem: RecordedModem,
  turn: Turn,
  cut: Cut,
) {
  modem.play(turn, cut);
  const command = commandFor(turn);
  const { outcome } = await settled(clock, channel.converse(command, 'control'));
  expect(outcome).toEqual(expected(turn, command));
}

const spoken = transcripts
  .map((transcript) => ({
    ...transcript,
    turns: dialogueOf(transcript).turns.filter(
      ({ command, afterText }) =>
        command.startsWith('AT') && !foreign.test(command) && afterText === undefined,
    ),
  }))
  .filter(({ turns }) => turns.length > 0)
  .map((transcript) => [transcript.id, transcript] as const);

const spokenExactly = spoken.filter(([, { framing }]) => framing === 'exact');

describe('every command of a transcript ends as it did', () => {
  it('(all but those of which nothing but calls, texts in text mode or notices is known)', () => {
    expect(transcripts).toHaveLength(54);
    expect(spoken.length).toBeGreaterThanOrEqual(42);
  });

  it.each(spoken)('%s, whole and octet by octet', async (_, { turns }) => {
    for (const cut of [Number.POSITIVE_INFINITY, 0]) {
      const modem = new RecordedModem();
      const line = await lineTo(modem);
      for (const turn of turns) await converse(line, modem, turn, cut);
    }
  });

  it.each(spokenExactly)('%s, cut at every place', async (_, { turns }) => {
    const modem = new RecordedModem();
    const line = await lineTo(modem);
    for (const turn of turns) {
      for (let cut = 1; cut < turn.answer.length; cut++) await converse(line, modem, turn, cut);
    }
    expect(line.unsolicited).toEqual([]);
  });
});

/** Sends a text whose TPDU is as long as the recorded one's, and what became of it. */
async function send(id: string, cut: Cut) {
  const transcript = transcripts.find((candidate) => candidate.id === id);
  const turn = transcript && dialogueOf(transcript).turns.find(({ afterText }) => afterText !== undefined);
  if (!turn) throw new Error(`no text is sent in ${id}`);
  const modem = new RecordedModem();
  const line = await lineTo(modem);
  modem.play(turn, cut);
  modem.written.length = 0;
  const length = Number(/\d+$/.exec(turn.command)?.[0]);
  const outcome = await settled(
    line.clock,
    line.channel.submit('00'.repeat(length + 1), length, () => undefined),
  );
  await line.clock.advance(40_000);
  return { ...line, modem, turn, outcome };
}

const sends: readonly (readonly [string, object])[] = [
  ['sim7670-bare-prompt', { kind: 'accepted', reference: 12 }],
  ['generic-cds-flow', { kind: 'accepted', reference: 64 }],
  ['huawei-e3531-cms500', { kind: 'refused', refusal: { kind: 'cms', code: 500 } }],
  ['sim800c-cms-69', { kind: 'refused', refusal: { kind: 'cms', code: 69 } }],
  ['chan-dongle-short', { kind: 'unknown', cause: 'timeout' }],
  ['chan-dongle-boot', { kind: 'unknown', cause: 'timeout' }],
];

it('of each of the ten transcripts whose octets are known something is replayed; of the others only the lines are known', () => {
  const exact = transcripts.filter(({ framing }) => framing === 'exact').map(({ id }) => id);
  const replayed = [...spokenExactly, ...sends].map(([id]) => id);
  expect(exact).toHaveLength(10);
  expect(exact.filter((id) => !replayed.includes(id))).toEqual([]);
});

describe('a text of a transcript', () => {
  const cutsOf = (id: string) => {
    const transcript = transcripts.find((candidate) => candidate.id === id);
    const turn = transcript && dialogueOf(transcript).turns.find(({ afterText }) => afterText !== undefined);
    const longest = Math.max(turn?.answer.length ?? 0, turn?.afterText?.length ?? 0);
    return [Number.POSITIVE_INFINITY, ...Array.from({ length: longest }, (_, cut) => cut)];
  };

  it.each(sends)('%s came to that, wherever its octets were cut', async (id, outcome) => {
    for (const cut of cutsOf(id)) expect((await send(id, cut)).outcome).toMatchObject(outcome);
  });

  it.each(['chan-dongle-short', 'chan-dongle-boot'])(
    '%s is written once: nobody knows whether it was sent',
    async (id) => {
      const { modem } = await send(id, Number.POSITIVE_INFINITY);
      expect(modem.written.filter((octets) => octets.endsWith('\x1a'))).toHaveLength(1);
      expect(modem.written.filter((octets) => octets.startsWith('AT+CMGS'))).toHaveLength(1);
    },
  );

  it('that a stick interrupts with ^BOOT is not interrupted by a restart', async () => {
    const { unsolicited } = await send('chan-dongle-boot', 0);
    expect(unsolicited).toEqual(Array(4).fill({ type: 'other' }));
  });

  it('is not sent where its length is refused before the prompt', async () => {
    const transcript = transcripts.find(({ id }) => id === 'telit-xe910-pdu');
    const [turn] = transcript ? dialogueOf(transcript).turns : [];
    const modem = new RecordedModem();
    const { clock, channel } = await lineTo(modem);
    if (turn) modem.play(turn, 0);
    const outcome = await settled(
      clock,
      channel.submit('00'.repeat(21), 20, () => undefined),
    );
    expect(outcome).toMatchObject({ kind: 'not-submitted', error: { refusal: { kind: 'cms', code: 304 } } });
    expect(modem.written.some((octets) => octets.endsWith('\x1a'))).toBe(false);
  });
});

describe('what a transcript shows unasked', () => {
  it.each<[string, Unsolicited[]]>([
    ['a7670-not-ready', [{ type: 'boot' }, { type: 'sim', state: 'READY' }]],
    ['ec25-cmti-me', [{ type: 'message-stored', storage: 'ME', index: 0 }]],
    ['generic-cds-flow', [{ type: 'message-stored', storage: 'SM', index: 7 }]],
    ['dwm156-cdsi-sr', [{ type: 'report-stored', storage: 'SR', index: 52 }]],
    ['trm240-cdsi-sr', [{ type: 'report-stored', storage: 'SR', index: 1 }]],
    ['huawei-e303-cmti0', [{ type: 'message-stored', storage: 'ME', index: 0 }]],
    ['huawei-e180-rssi', [{ type: 'other' }, { type: 'other' }, { type: 'other' }]],
  ])('%s is told as that, wherever it is cut', async (id, events) => {
    const transcript = transcripts.find((candidate) => candidate.id === id);
    const { before } = transcript ? dialogueOf(transcript) : { before: '' };
    for (let cut = 0; cut < before.length; cut++) {
      const modem = new RecordedModem();
      const { unsolicited } = await lineTo(modem);
      for (const piece of pieces(before, cut)) modem.says(piece);
      expect(unsolicited).toEqual(events);
    }
  });
});
