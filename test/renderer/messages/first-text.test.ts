import { expect, it } from 'vitest';
import { firstTextCommand } from '../../../renderer/messages/first-text.ts';
import { sendRequest } from '../../../src/contract/message.ts';
import type { OwnNumber } from '../../../src/contract/modem.ts';

const origin = 'http://127.0.0.1:8026';
const number = (value: string, online: boolean): OwnNumber => ({
  number: value,
  label: null,
  online,
  modem_id: null,
  signal_dbm: null,
  operator: null,
  queue_depth: 0,
});

/** What the command would post, as the API would read it. */
const requestIn = (command: string) => sendRequest.parse(JSON.parse(/-d '(.*)'/.exec(command)?.[1] ?? ''));

it('sends from a number that can send now to another of our own', () => {
  const command = firstTextCommand(origin, [number('+15550100001', false), number('+15550100002', true)]);
  expect(command).toContain(`curl ${origin}/v1/sms/send`);
  expect(requestIn(command)).toMatchObject({ from: '+15550100002', to: '+15550100001' });
});

it('is a request that the API takes even when no number is known', () => {
  expect(requestIn(firstTextCommand(origin, []))).toMatchObject({ body: 'Hello from Postern' });
});
