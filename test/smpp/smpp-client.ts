import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { decodePdu, encodePdu, type Pdu } from '../../src/smpp/pdu.ts';
import { PduCutter } from '../../src/smpp/pdu-cutter.ts';

/** A client as the specification has it, that answers what is delivered unless it is told not to. */
export class SmppClient {
  readonly socket: Socket;
  /** Every deliver_sm that came, in order. */
  readonly delivered: Pdu[] = [];
  /** Every other request and every generic_nack that came. */
  readonly others: Pdu[] = [];
  /** What came, by its command, in order. */
  readonly heard: string[] = [];
  /** The status that a deliver_sm is answered with; NaN leaves it unanswered. */
  answerWith = 0;
  /** Whether enquire_link is answered. */
  lively = true;
  closed = false;
  readonly #cutter = new PduCutter();
  readonly #awaited = new Map<number, (pdu: Pdu) => void>();
  #sequence = 0;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true); // else answers wait for real time to pass, while the bench turns its clock
    this.socket.on('data', (chunk) => {
      for (const frame of this.#cutter.push(chunk)) this.#take(decodePdu(frame));
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.closed = true;
    });
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  /** The answer to a request. */
  request(command: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Pdu> {
    const sequence = ++this.#sequence;
    this.socket.write(encodePdu(command, { ...fields, sequence_number: sequence }));
    return new Promise((resolve) => this.#awaited.set(sequence, resolve));
  }

  bind(mode: string, id: string, password: string): Promise<Pdu> {
    return this.request(`bind_${mode}`, { system_id: id, password, interface_version: 0x34 });
  }

  /** Submits a text in GSM 7-bit; fields are added to it or replace some. */
  submit(text: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Pdu> {
    return this.request('submit_sm', {
      source_addr_ton: 1,
      source_addr_npi: 1,
      source_addr: '15550001111',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: '15557654321',
      data_coding: 0,
      short_message: Buffer.from(text, 'latin1'),
      ...fields,
    });
  }

  async end(): Promise<void> {
    this.socket.destroy();
    if (!this.closed) await once(this.socket, 'close');
  }

  #take(pdu: Pdu): void {
    this.heard.push(pdu.command);
    if (pdu.command === 'deliver_sm') this.#takeDelivery(pdu);
    else if (pdu.command === 'enquire_link' && this.lively) this.answer(pdu, 0);
    else if (pdu.isResponse() && this.#awaited.has(pdu.sequence_number)) {
      this.#awaited.get(pdu.sequence_number)?.(pdu);
      this.#awaited.delete(pdu.sequence_number);
    } else this.others.push(pdu);
  }

  #takeDelivery(pdu: Pdu): void {
    this.delivered.push(pdu);
    if (!Number.isNaN(this.answerWith)) this.answer(pdu, this.answerWith);
  }

  answer(pdu: Pdu, status: number): void {
    const fields = { sequence_number: pdu.sequence_number, command_status: status };
    this.socket.write(encodePdu(`${pdu.command}_resp`, fields));
  }
}
