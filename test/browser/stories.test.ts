import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { patient } from './office.ts';
import { Visit } from './visit.ts';

describe.skipIf(leftOut('chromium'))('somebody at the pages', () => {
  const visit = Visit.duringBlock();
  const { open, fill, press } = visit;
  let numbers: readonly string[];

  beforeAll(async () => {
    numbers = await visit.office.customer.numbers();
  });

  it('is told how to send the first text, from and to numbers that are there', async () => {
    await visit.page.getByText('No messages yet').waitFor(patient);
    await visit.page.getByText(`"from":"${numbers[0]}","to":"${numbers[1]}"`).waitFor(patient);
    expect(await visit.page.locator('pre').innerText()).toContain(`curl ${visit.office.address}/v1/sms/send`);
  });

  it('sends a text and watches it arrive, with all that is known of it', async () => {
    await open('/compose');
    await fill('To', numbers[1] ?? '');
    await fill('Text', 'Is the gate open?');
    await press('Send');
    const drawer = visit.page.getByRole('complementary', { name: 'Message', exact: true });
    await drawer.getByText('Delivered', { exact: true }).first().waitFor(patient);
    await drawer.getByText('Taken by the network').waitFor(patient);
    await press('Show bytes');
    await drawer.getByText('SMS-SUBMIT', { exact: false }).first().waitFor(patient);
    await drawer.getByText('address.digits').waitFor(patient);
  });

  it('sees how many segments a text needs and why, and makes it shorter', async () => {
    await open('/compose');
    await fill('Text', `${'a'.repeat(60)}“quoted”, and what follows`);
    await visit.page.getByText('UCS-2').waitFor(patient);
    await visit.page.getByText('2 segments').waitFor(patient);
    await press(/^Replace, saves 1 segment/);
    await visit.page.getByText('GSM 7-bit').waitFor(patient);
    await visit.page.getByText('1 segment', { exact: true }).waitFor(patient);
    await fill('Text', 'A cup ☕');
    await visit.page.getByText('UCS-2').waitFor(patient);
  });

  it('looks through a CSV file before anything of it is sent', async () => {
    await open('/compose');
    await visit.page.locator('input[type="file"]').setInputFiles({
      name: 'guests.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`to,body\n${numbers[1]},You are invited.\nnobody,Nor you.\n`),
    });
    await visit.page.getByText('1 text can go, 1 cannot. 1 segment in all.').waitFor(patient);
    await visit.page.getByRole('button', { name: 'Send', exact: true }).last().click(patient);
    await visit.page.getByText('1 text accepted, 1 refused').waitFor(patient);
  });

  it('mends a number that was probably meant otherwise', async () => {
    await open('/compose');
    await fill('To', `${numbers[1]}\n0151 234567`);
    await press('Use +1 151 234 567');
    await visit.page.getByLabel('To', { exact: true }).and(visit.page.locator('textarea')).waitFor(patient);
    expect(await visit.page.getByLabel('To', { exact: true }).inputValue()).toBe(
      `${numbers[1]}\n+1151234567`,
    );
    await visit.page.getByText('1 number to mend').waitFor({ ...patient, state: 'detached' });
    await fill('Text', 'A cup ☕ for you');
    await visit.page.locator('mark', { hasText: '☕' }).waitFor({ ...patient, state: 'attached' });
  });

  it('sees which key sent a text, with which Idempotency-Key', async () => {
    await visit.office.customer.send('From the till.', 'order-2041');
    await open('/messages?q=till&direction=outbound');
    await visit.page.getByRole('button', { name: 'Open: From the till.' }).click(patient);
    await visit.page.getByText('order-2041').waitFor(patient);
    await visit.page.getByText('the API key “').waitFor(patient);
  });

  it('keeps a filter as an address, finds words, and saves what it finds', async () => {
    await open('/messages');
    await fill('Text or number', 'gate');
    await visit.page.waitForURL(/q=gate/);
    await visit.page.getByLabel('Direction').selectOption('outbound');
    await visit.page.waitForURL(/q=gate&direction=outbound/);
    const address = visit.page.url();
    await open('/');
    await visit.page.goto(address);
    await visit.page.getByRole('button', { name: 'Open: Is the gate open?' }).waitFor(patient);
    expect(await visit.page.locator('tr[data-message]').count()).toBe(1);
    const saving = visit.page.waitForEvent('download');
    await press('Export CSV');
    const saved = await textOf(await (await saving).createReadStream());
    expect(saved.trim().split('\r\n')).toHaveLength(2);
    expect(saved).toContain('Is the gate open?');
  });

  describe('with a program that hears events', () => {
    let receiver: Server;
    const events: string[] = [];

    beforeAll(async () => {
      receiver = createServer((request, response) => {
        void textOf(request).then((body) => {
          events.push((JSON.parse(body) as { event_id: string }).event_id);
          response.end('thanks');
        });
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    });

    afterAll(() => receiver?.close());

    it('makes a webhook, tries it, sees the answer and delivers again', async () => {
      await open('/webhooks');
      await fill('Label', 'Archive');
      await fill('Address', `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/sms`);
      await press('Make the webhook');
      await visit.page.getByText('This secret signs what is sent').waitFor(patient);
      await visit.page.getByRole('link', { name: 'Archive' }).click(patient);
      await press('Send a test');
      await visit.page.locator('tr[data-delivery]').getByText('Delivered').first().waitFor(patient);
      await press('Deliver again');
      await visit.page.getByText('(again)').waitFor(patient);
      await expect.poll(() => events.length - new Set(events).size, patient).toBe(1);
    });
  });

  it('takes the emulated modems away, and plugs new ones in', async () => {
    await open('/modems');
    await press('Stop them');
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Stop them' }).click(patient);
    await visit.page.getByText('No modem yet').waitFor(patient);
    await visit.page.getByText('Serial ports of this machine').waitFor(patient);
    await press('Start 2 emulated modems');
    await open('/');
    await visit.page.getByText('All 2 modems are ready').waitFor(patient);
  });
});
