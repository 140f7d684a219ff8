import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import {
  attention,
  echoOff,
  imeiBy,
  listMessages,
  numberedErrors,
  pduMode,
  query,
  readManufacturer,
  readModel,
  readSignal,
} from '../../src/gsm/at/commands.ts';
import type { Unsolicited } from '../../src/gsm/at/unsolicited.ts';
import { decodePdu, encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { silentLog } from '../../src/log.ts';
import { AtChannel, type ChannelLimits } from '../../src/modem/at-channel.ts';
import { ModemError } from '../../src/modem/modem-error.ts';
import type { Transport } from '../../src/modem/transport.ts';

/** A port with a modem behind it, plugged in. What it lacks nobody can do here; the suite says what it left out. */
export interface Subject {
  open(): Promise<Transport>;
  readonly clock: Clock;
  /** Lets the time pass that something needs, where it does not pass by itself. */
  settled<Result>(promise: Promise<Result>): Promise<Result>;
  /** Pulls the modem out and resolves when its port should be gone. */
  readonly unplug?: () => Promise<void>;
  /** How many texts the network took from it. */
  readonly taken?: () => number;
  /** Has the modem tell of an arrival. */
  readonly provoke?: (channel: AtChannel) => Promise<void>;
  /** Puts everything away. */
  end(): Promise<void>;
}

const limits: ChannelLimits = { promptTimeoutMs: 10_000, resultTimeoutMs: 120_000, lateResultMs: 1_000 };
const heardWithinMs = 120_000;

const readImei = imeiBy('AT+CGSN');

/** A text to nobody: it is never handed over. */
const unsent = encodeSubmit({ to: '+15550100000', text: 'This text is not to be sent.' });

/** An AT channel on a newly opened port. */
export async function channelTo(subject: Subject): Promise<{ channel: AtChannel; transport: Transport }> {
  const transport = await subject.settled(subject.open());
  const channel = new AtChannel(transport, subject.clock, silentLog, limits);
  await subject.settled(channel.start());
  await subject.settled(channel.run(echoOff));
  await subject.settled(channel.run(numberedErrors));
  return { channel, transport };
}

/**
 * What the gateway takes for granted of a port and the modem behind it, for an emulated modem as for one of metal. It
 * sends no text and deletes none.
 */
export function modemContract(name: string, begin: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let channel: AtChannel;
    let transport: Transport;

    beforeEach(async () => {
      subject = await begin();
      ({ channel, transport } = await channelTo(subject));
    });

    afterEach(async () => {
      await subject.settled(channel.stop());
      await subject.end();
    });

    const run: AtChannel['run'] = (command) => subject.settled(channel.run(command));

    it('answers AT after ESC, again and again', async () => {
      for (let count = 0; count < 5; count++) await run(attention);
    });

    it('is held by the one who has opened it', async () => {
      await expect(subject.settled(subject.open())).rejects.toMatchObject({ code: 'busy' });
      await run(attention);
    });

    it('says who made it, what it is and which one it is', async () => {
      expect(await run(readManufacturer)).toMatch(/\w/);
      expect(await run(readModel)).toMatch(/\w/);
      expect(await run(readImei)).toMatch(/^\d{15}$/);
    });

    it('refuses a command that there is not, and does the next', async () => {
      const refused = run(query('AT+POSTERN?', ['+POSTERN:']));
      await expect(refused).rejects.toThrow(ModemError);
      await expect(refused).rejects.toMatchObject({ code: 'refused' });
      await run(readSignal);
    });

    it('keeps commands and answers together that were asked for at once', async () => {
      const answers = await subject.settled(
        Promise.all([channel.run(readImei), channel.run(readSignal), channel.run(readImei)]),
      );
      expect(answers[0]).toMatch(/^\d{15}$/);
      expect(answers[2]).toBe(answers[0]);
    });

    it('shows a prompt, and forgets at ESC what was typed there', async () => {
      await run(pduMode);
      const before = subject.taken?.();
      const given = new Error('not now');
      const submit = channel.submit(unsent.pdu, unsent.tpduLength, () => {
        throw given;
      });
      await expect(subject.settled(submit)).rejects.toBe(given);
      await run(attention);
      expect(subject.taken?.()).toBe(before);
    });

    it('lists what it holds, each with a PDU that can be read', async () => {
      await run(pduMode);
      const listed = await run(listMessages);
      for (const { pdu } of listed) expect(decodePdu(pdu, { hasSmsc: true }).kind).toBeDefined();
    });

    it('answers again when it is closed and opened anew', async () => {
      for (let count = 0; count < 3; count++) {
        await subject.settled(channel.stop());
        ({ channel, transport } = await channelTo(subject));
        await run(attention);
      }
    });

    it('takes nothing once it is closed', async () => {
      await subject.settled(channel.stop());
      await expect(subject.settled(transport.write('AT\r'))).rejects.toMatchObject({ code: 'closed' });
    });

    it('tells of what arrives', async ({ skip }) => {
      if (!subject.provoke) return skip('nobody can make something arrive here');
      const heard = new Promise<Unsolicited>((resolve) => {
        channel.on('unsolicited', (event) => {
          if (/^(message|report)/.test(event.type)) resolve(event);
        });
      });
      await subject.settled(subject.provoke(channel));
      expect(await subject.settled(within(subject.clock, heardWithinMs, heard))).toMatchObject({
        type: expect.stringMatching(/^(message|report)/),
      });
    });

    it('ends by itself, with a reason, when the modem is pulled out', async ({ skip }) => {
      if (!subject.unplug) return skip('nobody can pull it out here');
      const closed = once(transport, 'close');
      await subject.settled(subject.unplug());
      expect((await subject.settled(closed))[0]).toBeInstanceOf(Error);
      await expect(run(attention)).rejects.toMatchObject({ code: 'closed' });
      await expect(subject.settled(subject.open())).rejects.toMatchObject({ code: 'absent' });
    });
  });
}

function within<Result>(clock: Clock, limitMs: number, promise: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(limitMs, () => reject(new Error(`Nothing was heard within ${limitMs} ms.`)));
    promise.then(resolve, reject).finally(() => timer.cancel());
  });
}
