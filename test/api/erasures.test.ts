import { expect, test } from 'vitest';
import { auditEntry } from '../../src/contract/audit.ts';
import { erasure } from '../../src/contract/erasure.ts';
import { SmppPartStore } from '../../src/store/smpp-part-store.ts';
import { storeMessage } from '../store/stored-message.ts';
import { ownNumber, startApi } from './running-api.ts';

const person = '+14155553000';

test('a person is erased on request, and who it was does not stand in the audit log', async () => {
  const api = await startApi();
  storeMessage(api.database, { to: person, status: 'delivered' });
  storeMessage(api.database, { direction: 'inbound', from: person, to: ownNumber });
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const answer = await api.ask('/v1/erasures', { method: 'POST', body: { number: person }, headers });
  expect(answer.status).toBe(200);
  expect(erasure.parse(answer.json.data)).toEqual(answer.json.data);
  expect(answer.json.data).toMatchObject({ messages: 2, not_final: 0 });
  const { json } = await api.ask(`/v1/sms?number=${encodeURIComponent(person)}`);
  expect(json.meta.total).toBe(0);
  const audit = await api.ask('/v1/audit?action=person.erase', { headers });
  expect(auditEntry.parse(audit.json.data[0]).details).toMatchObject({ messages: 2 });
  expect(audit.text).not.toContain(person.slice(1));
});

test('parts that an SMPP client submitted for the person are forgotten, and those for others wait on', async () => {
  const api = await startApi();
  const parts = new SmppPartStore(api.database);
  for (const [position, address] of [person.slice(1), '14155553001'].entries()) {
    const submission = JSON.stringify({ addresses: { destination: { ton: 1, npi: 1, address } } });
    const [groupKey, messageId] = [`group ${address}`, `message ${address}`];
    parts.keep({
      groupKey,
      messageId,
      position,
      octets: Buffer.of(1),
      submission,
      receivedAt: 1,
      joined: false,
    });
  }
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const answer = await api.ask('/v1/erasures', { method: 'POST', body: { number: person }, headers });
  expect(answer.json.data.parts).toBe(1);
  expect(parts.ofGroup(`group ${person.slice(1)}`)).toEqual([]);
  expect(parts.ofGroup('group 14155553001')).toHaveLength(1);
});

test.each([
  [{ number: ownNumber }, 'number'],
  [{ number: '' }, 'number'],
  [{}, 'number'],
  [{ number: person, really: true }, 'really'],
])('%j is refused, naming the field', async (body, field) => {
  const api = await startApi();
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const answer = await api.ask('/v1/erasures', { method: 'POST', body, headers });
  expect([answer.status, Object.keys(answer.json.error.details)]).toEqual([422, [field]]);
});
