import { once } from 'node:events';
import { connect } from 'node:net';
import { decodePdu, encodePdu } from '../src/smpp/pdu.ts';
import { PduCutter } from '../src/smpp/pdu-cutter.ts';
import type { MessageCentre } from '../test/whole/message-centres.ts';

/** Submits `count` texts over one connection, `window` of them at once; how long each took, in milliseconds. */
export async function submitTexts(
  { port, account }: MessageCentre,
  text: { readonly from: string; readonly to: string },
  count: number,
  window: number,
): Promise<number[]> {
  const socket = connect(port, '127.0.0.1');
  const cutter = new PduCutter();
  const took: number[] = [];
  const since = new Map<number, number>();
  let sequence = 0;
  const submit = () => {
    if (sequence >= count + 1) return;
    sequence++;
    since.set(sequence, performance.now());
    const fields = { source_addr: text.from, destination_addr: text.to, data_coding: 0 };
    const body = Buffer.from('A text of the benchmark, one segment long.');
    socket.write(encodePdu('submit_sm', { ...fields, short_message: body, sequence_number: sequence }));
  };
  const done = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      for (const frame of cutter.push(chunk)) {
        const { command, command_status: status, sequence_number: answered } = decodePdu(frame);
        if (status !== 0) return reject(new Error(`${command} has status ${status}.`));
        if (command === 'bind_transmitter_resp') for (let n = 0; n < window; n++) submit();
        if (command !== 'submit_sm_resp') continue;
        took.push(performance.now() - (since.get(answered) ?? 0));
        if (took.length === count) return resolve();
        submit();
      }
    });
  });
  await once(socket, 'connect');
  const { systemId, password } = account;
  sequence = 1;
  const bind = { system_id: systemId, password, interface_version: 0x34, sequence_number: sequence };
  socket.write(encodePdu('bind_transmitter', bind));
  await done;
  socket.destroy();
  return took;
}
