import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect as connectPlainly } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { selfMadeIdentity } from '../../src/tls/self-made-certificate.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { SmppBench } from './smpp-bench.ts';

/** A PDU and a connection as the library shows them to its users. */
type LibraryPdu = Readonly<Record<string, unknown>> & { readonly response: () => LibraryPdu };
interface LibrarySession extends NodeJS.EventEmitter {
  bind_transceiver(fields: object, answered: (pdu: LibraryPdu) => void): void;
  submit_sm(fields: object, answered: (pdu: LibraryPdu) => void): void;
  query_sm(fields: object, answered: (pdu: LibraryPdu) => void): void;
  cancel_sm(fields: object, answered: (pdu: LibraryPdu) => void): void;
  enquire_link(answered: (pdu: LibraryPdu) => void): void;
  unbind(answered: (pdu: LibraryPdu) => void): void;
  send(pdu: LibraryPdu): void;
  destroy(): void;
}
const { connect } = createRequire(import.meta.url)('smpp') as {
  connect: (options: object) => LibrarySession;
};

/** A client of the `smpp` library, as a program that uses it would make one. */
async function opened(bench: SmppBench, options: object = {}): Promise<LibrarySession> {
  const session = connect({ host: '127.0.0.1', port: bench.port, ...options });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  await once(session, 'tls' in options ? 'secureConnect' : 'connect');
  return session;
}

const answerTo = (ask: (answered: (pdu: LibraryPdu) => void) => void) =>
  new Promise<LibraryPdu>((resolve) => ask(resolve));

async function goThroughAll(bench: SmppBench, session: LibrarySession): Promise<void> {
  const bound = await answerTo((done) =>
    session.bind_transceiver({ system_id: bench.keyId, password: bench.key }, done),
  );
  expect(bound).toMatchObject({ command_status: 0, system_id: 'Postern' });
  const receipts: LibraryPdu[] = [];
  session.on('deliver_sm', (pdu: LibraryPdu) => {
    receipts.push(pdu);
    session.send(pdu.response());
  });
  const text = {
    source_addr: '15550001111',
    destination_addr: '15557654321',
    short_message: 'Hello',
    registered_delivery: 1,
  };
  const { command_status, message_id } = await answerTo((done) => session.submit_sm(text, done));
  expect(command_status).toBe(0);
  await bench.until('the receipt', () => receipts.length > 0);
  expect(receipts[0]).toMatchObject({ receipted_message_id: message_id, message_state: 2 });
  expect(await answerTo((done) => session.query_sm({ message_id }, done))).toMatchObject({
    command_status: 0,
    message_state: 2,
    final_date: expect.any(Date),
  });
  expect(await answerTo((done) => session.cancel_sm({ message_id }, done))).toMatchObject({
    command_status: 0x11,
  });
  expect(await answerTo((done) => session.enquire_link(done))).toMatchObject({ command_status: 0 });
  expect(await answerTo((done) => session.unbind(done))).toMatchObject({ command_status: 0 });
}

it('the smpp library binds, submits, asks, and hears what became of it', async () => {
  const bench = await SmppBench.open();
  await goThroughAll(bench, await opened(bench));
});

it('it does the same over TLS, and trusts the certificate alone that it was given', async () => {
  const tls = await selfMadeIdentity(temporaryFolder(), ['127.0.0.1', 'localhost'], new ManualClock());
  const bench = await SmppBench.open({ tls });
  await goThroughAll(bench, await opened(bench, { tls: true, ca: tls.cert }));
  const stranger = connect({ host: '127.0.0.1', port: bench.port, tls: true });
  const [error] = await once(stranger, 'error');
  expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

it('a wrong password is refused by its status', async () => {
  const bench = await SmppBench.open();
  const session = await opened(bench);
  const answer = await answerTo((done) =>
    session.bind_transceiver({ system_id: bench.keyId, password: 'wrong' }, done),
  );
  expect(answer.command_status).toBe(0x0e);
});

it('a gate over TLS stops also where somebody never begins to speak it, or speaks without it', async () => {
  const tls = await selfMadeIdentity(temporaryFolder(), ['127.0.0.1'], new ManualClock());
  const bench = await SmppBench.open({ tls });
  const plain = connectPlainly(bench.port, '127.0.0.1').on('error', () => {});
  plain.write(Buffer.from('00000010000000150000000000000001', 'hex')); // enquire_link
  plain.resume();
  await once(plain, 'close');
  const silent = connectPlainly(bench.port, '127.0.0.1').on('error', () => {});
  await once(silent, 'connect');
  const bound = await opened(bench, { tls: true, ca: tls.cert }); // the silent one has been taken by now
  bound.on('error', () => {});
  const stopped = bench.server.stop();
  await bench.clock.advance(6_000);
  await stopped;
});
