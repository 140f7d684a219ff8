import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { pduMode } from '../../src/gsm/at/commands.ts';
import { encodeSubmit } from '../../src/gsm/pdu/index.ts';
import { negotiateIndications } from '../../src/modem/indications.ts';
import { openSerialPort } from '../../src/modem/serial-transport.ts';
import { TransportError } from '../../src/modem/transport.ts';
import { channelTo, modemContract, type Subject } from '../contract/modem-contract.ts';

const path = process.env.TEST_PORT ?? '';
const baudRate = Number(process.env.TEST_BAUD ?? 115_200);
const recipient = process.env.TEST_TO;

/** Where a person stands by to pull it out and put it in again. */
const attended = process.env.TEST_UNPLUG === '1';
const unplugWithinMs = 60_000;

const say = (sentence: string) => process.stderr.write(`\n>>> ${sentence}\n\n`);

async function realModem(): Promise<Subject> {
  return {
    clock: systemClock,
    settled: (promise) => promise,
    open: () => openSerialPort(path, { baudRate }),
    ...(attended && { unplug }),
    end: async () => undefined,
  };
}

async function unplug(): Promise<void> {
  say(`Pull the modem at ${path} out now, and put it in again when the tests are over.`);
}

modemContract(`the modem at ${path}`, realModem);

describe.skipIf(recipient === undefined)('a text to TEST_TO', () => {
  it('is taken by the network, and its report is told', async () => {
    const subject = await realModem();
    const { channel } = await channelTo(subject);
    await channel.run(pduMode);
    const indications = await negotiateIndications(channel);
    const told: string[] = [];
    const reported = new Promise<void>((resolve) => {
      channel.on('unsolicited', ({ type }) => {
        told.push(type);
        if (/^report/.test(type)) resolve();
      });
    });
    const text = `Postern's test at ${new Date().toISOString()}.`;
    const { pdu, tpduLength } = encodeSubmit({ to: recipient ?? '', text, statusReport: true });
    const outcome = await channel.submit(pdu, tpduLength, () => undefined);
    expect(outcome).toMatchObject({ kind: 'accepted', reference: expect.any(Number) });
    if (indications.values?.[3]) await reported;
    await channel.stop();
  });
});

it.skipIf(!attended)('an unplugged modem is absent until it is put in again', async () => {
  const deadline = performance.now() + unplugWithinMs;
  for (;;) {
    const opened = await openSerialPort(path, { baudRate }).catch((error: unknown) => error);
    if (!(opened instanceof TransportError)) {
      await (opened as Awaited<ReturnType<typeof openSerialPort>>).close();
      return;
    }
    expect(opened.code).toBe('absent');
    if (performance.now() > deadline) throw new Error('The modem was not put in again.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
});
