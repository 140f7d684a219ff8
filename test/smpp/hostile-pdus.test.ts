import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePdu, encodePdu, MalformedPdu } from '../../src/smpp/pdu.ts';
import { PduCutter } from '../../src/smpp/pdu-cutter.ts';
import { SmppBench } from './smpp-bench.ts';

const head = (length: number, id: number, sequence = 5) => {
  const octets = Buffer.alloc(16);
  for (const [place, value] of [length, id, 0, sequence].entries()) octets.writeUInt32BE(value, 4 * place);
  return octets;
};
const submit = encodePdu('submit_sm', {
  source_addr: '15550001111',
  destination_addr: '15557654321',
  short_message: Buffer.from('Hello'),
  data_coding: 0,
  sequence_number: 5,
});

/** A PDU whose text says that it is longer than it is. */
function lying(): Buffer {
  const octets = Buffer.from(submit);
  octets[octets.length - 6] = 200;
  return octets;
}

/** A PDU with an optional parameter that goes on after its end. */
function overlongTlv(): Buffer {
  const octets = Buffer.concat([submit, Buffer.from([0x04, 0x24, 0x00, 0x50, 0x41])]);
  octets.writeUInt32BE(octets.length, 0);
  return octets;
}

const garbage: readonly [string, Buffer][] = [
  ['a length below that of a head', head(4, 0x15)],
  ['a length of nothing', head(0, 0x15)],
  ['a length that is gigantic', head(0xffff_ffff, 4)],
  ['a length above what is taken', head(16_385, 4)],
  ['a request of another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
];

/** Each is a PDU by its length, and cannot be read; with the answer that says so. */
const malformed: readonly [string, Buffer, string, number][] = [
  ['a submit_sm without a body', head(16, 4), 'submit_sm_resp', 0x02],
  [
    'a submit_sm that ends in a field',
    Buffer.concat([head(20, 4), Buffer.from('abcd')]),
    'submit_sm_resp',
    0x02,
  ],
  ['a text shorter than it says', lying(), 'submit_sm_resp', 0x01],
  ['an optional parameter that goes on after the end', overlongTlv(), 'submit_sm_resp', 0xc0],
  ['a query_sm without a body', head(16, 3), 'query_sm_resp', 0x02],
  ['a command that is not served, without a body', head(16, 0x21), 'generic_nack', 0x03],
];

describe('what is no PDU', () => {
  it.each(garbage)('%s: answered with generic_nack, and the connection ends', async (_, octets) => {
    const bench = await SmppBench.open();
    const bystander = await bench.bound();
    const client = await bench.bound();
    client.socket.write(octets);
    await once(client.socket, 'close');
    expect(client.others.map(({ command, command_status }) => [command, command_status])).toEqual([
      ['generic_nack', 2],
    ]);
    expect((await bystander.submit('Undisturbed')).command_status).toBe(0);
  });

  it.each(malformed)(
    '%s is refused by itself, and the connection goes on',
    async (_, octets, answer, status) => {
      const bench = await SmppBench.open();
      const client = await bench.bound();
      client.socket.write(octets);
      await bench.until('the refusal', () => client.others.length === 1);
      expect(client.others[0]).toMatchObject({ command: answer, command_status: status, sequence_number: 5 });
      expect((await client.submit('Still here')).command_status).toBe(0);
    },
  );

  it('an answer that cannot be read is one by its head: the receipt does not come again', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    client.answerWith = Number.NaN;
    await client.submit('Hello', { registered_delivery: 1 });
    await bench.until('the receipt', () => client.delivered.length === 1);
    const answer = Buffer.concat([
      head(18, 0x8000_0005, client.delivered[0]?.sequence_number),
      Buffer.from('ab'),
    ]);
    client.socket.write(answer);
    await client.submit('Next');
    await client.end();
    const again = await bench.bound();
    expect((await again.submit('More')).command_status).toBe(0);
    expect(again.delivered).toEqual([]);
  });

  it('ends a connection after its good PDUs were taken', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    const answered = client.submit('Good');
    client.socket.write(head(3, 3));
    await once(client.socket, 'close');
    await bench.until('it left', () => bench.network.submissions.all.length === 1);
    await Promise.race([answered, Promise.resolve()]);
  });

  it('a command that is not known is refused, and the connection goes on', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    client.socket.write(head(16, 0x77, 9));
    await bench.until('the refusal', () => client.others.length === 1);
    expect(client.others[0]).toMatchObject({
      command: 'generic_nack',
      command_status: 3,
      sequence_number: 9,
    });
    expect((await client.request('data_sm', { source_addr: 'x' })).command).toBe('generic_nack');
    expect((await client.submit('Still here')).command_status).toBe(0);
  });

  it('an answer that nobody waits for changes nothing', async () => {
    const bench = await SmppBench.open();
    const client = await bench.bound();
    client.socket.write(encodePdu('deliver_sm_resp', { sequence_number: 4_711 }));
    expect((await client.submit('Still here')).command_status).toBe(0);
  });
});

describe('the cutter', () => {
  it('gives the same PDUs however they are cut up on the way', () => {
    const octets = Buffer.concat([submit, head(16, 0x15), submit]);
    fc.assert(
      fc.property(fc.array(fc.nat(octets.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), octets.length];
        const cutter = new PduCutter();
        const frames = places
          .slice(1)
          .flatMap((end, index) =>
            [...cutter.push(octets.subarray(places[index], end))].map((f) => f.toString('hex')),
          );
        expect(frames).toEqual([submit, head(16, 0x15), submit].map((frame) => frame.toString('hex')));
      }),
    );
  });

  it('reads any octets as a PDU or refuses them as malformed', () => {
    const ids = fc.constantFrom(0x1, 0x2, 0x4, 0x5, 0x9, 0x15, 0x103, 0x80000004, 0x80000005, 0x21, 0x77);
    fc.assert(
      fc.property(ids, fc.uint8Array({ maxLength: 200 }), (id, body) => {
        const frame = Buffer.concat([head(16 + body.length, id), body]);
        try {
          expect(decodePdu(frame).sequence_number).toBe(5);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPdu);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
