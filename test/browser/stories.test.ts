import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { Office, patient } from './office.ts';

const run = promisify(execFile);

/** What runs a snippet, by the name of its language. */
const runners = [
  ['cURL', '/bin/sh', (snippet: string) => ['-c', snippet]],
  ['JavaScript', process.execPath, (snippet: string) => ['--input-type=module', '-e', snippet]],
  ...(leftOut('python')
    ? []
    : [['Python', '/usr/bin/python3', (snippet: string) => ['-c', snippet]] as const]),
  ...(leftOut('php')
    ? []
    : [['PHP', '/usr/bin/php', (snippet: string) => ['-r', snippet.replace('<?php', '')]] as const]),
] as const;

describe.skipIf(leftOut('chromium'))('somebody at the pages', () => {
  let office: Office;
  let page: Page;
  let numbers: readonly string[];

  beforeAll(async () => {
    office = await Office.open();
    page = await office.visit();
    await page.goto(office.address);
    await page.getByText('All 2 modems are ready').waitFor(patient);
    numbers = await office.customer.numbers();
  });

  afterAll(() => office?.close());

  afterEach(() => {
    expect(office.seen.outside(office.address), 'requests that left the gateway').toEqual([]);
    expect(office.seen.complaints, 'errors, and what the security policy refused').toEqual([]);
  });

  const open = (path: string) => office.turnTo(page, path);
  const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).first().fill(value);
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click(patient);

  it('is told how to send the first text, from and to numbers that are there', async () => {
    await page.getByText('No messages yet').waitFor(patient);
    await page.getByText(`"from":"${numbers[0]}","to":"${numbers[1]}"`).waitFor(patient);
    expect(await page.locator('pre').innerText()).toContain(`curl ${office.address}/v1/sms/send`);
  });

  it('sends a text and watches it arrive, with all that is known of it', async () => {
    await open('/compose');
    await fill('To', numbers[1] ?? '');
    await fill('Text', 'Is the gate open?');
    await press('Send');
    const drawer = page.getByRole('complementary', { name: 'Message', exact: true });
    await drawer.getByText('Delivered', { exact: true }).first().waitFor(patient);
    await drawer.getByText('Taken by the network').waitFor(patient);
    await press('Show bytes');
    await drawer.getByText('SMS-SUBMIT', { exact: false }).first().waitFor(patient);
    await drawer.getByText('address.digits').waitFor(patient);
  });

  it('sees how many segments a text needs and why, and makes it shorter', async () => {
    await open('/compose');
    await fill('Text', `${'a'.repeat(60)}“quoted”, and what follows`);
    await page.getByText('UCS-2').waitFor(patient);
    await page.getByText('2 segments').waitFor(patient);
    await press(/^Replace, saves 1 segment/);
    await page.getByText('GSM 7-bit').waitFor(patient);
    await page.getByText('1 segment', { exact: true }).waitFor(patient);
    await fill('Text', 'A cup ☕');
    await page.getByText('UCS-2').waitFor(patient);
  });

  it('writes to many, is told of the numbers that are wrong, and can pause', async () => {
    await open('/compose');
    const good = Array.from({ length: 5 }, (_, place) => `+1555016${1000 + place}`);
    await fill('To', [...good, 'nobody', good[0]].join('\n'));
    await fill('Text', 'The office is closed on Friday.');
    await page.getByText('2 numbers to mend').first().waitFor(patient);
    await press('Send 5 texts');
    await press('Pause');
    await page.getByText('Paused', { exact: true }).first().waitFor(patient);
    await press('Resume');
    await page.getByText('5 sent, 0 failed, 0 left').waitFor(patient);
  });

  it('looks through a CSV file before anything of it is sent', async () => {
    await open('/compose');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'guests.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`to,body\n${numbers[1]},You are invited.\nnobody,Nor you.\n`),
    });
    await page.getByText('1 text can go, 1 cannot. 1 segment in all.').waitFor(patient);
    await page.getByRole('button', { name: 'Send', exact: true }).last().click(patient);
    await page.getByText('1 text accepted, 1 refused').waitFor(patient);
  });

  it('answers whoever wrote', async () => {
    await open('/compose');
    await fill('To', '+15550199001');
    await fill('Text', 'Are you there?');
    await press('Send');
    await open('/conversations');
    await page.getByRole('navigation', { name: 'Conversations' }).getByText('019').first().waitFor(patient);
    await open(`/conversations/${encodeURIComponent('+15550199001')}`);
    await page.getByText('Thank you, your text of').first().waitFor(patient);
    await fill('Reply', 'Good to hear.');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-direction="outbound"]', { hasText: 'Good to hear.' }).first().waitFor(patient);
  });

  it('mends a number that was probably meant otherwise', async () => {
    await open('/compose');
    await fill('To', `${numbers[1]}\n0151 234567`);
    await press('Use +1 151 234 567');
    await page.getByLabel('To', { exact: true }).and(page.locator('textarea')).waitFor(patient);
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe(`${numbers[1]}\n+1151234567`);
    await page.getByText('1 number to mend').waitFor({ ...patient, state: 'detached' });
    await fill('Text', 'A cup ☕ for you');
    await page.locator('mark', { hasText: '☕' }).waitFor({ ...patient, state: 'attached' });
  });

  it('sees which key sent a text, with which Idempotency-Key', async () => {
    await office.customer.send('From the till.', 'order-2041');
    await open('/messages?q=till&direction=outbound');
    await page.getByRole('button', { name: 'Open: From the till.' }).click(patient);
    await page.getByText('order-2041').waitFor(patient);
    await page.getByText('the API key “').waitFor(patient);
  });

  it('asks a modem, and is warned of what would disturb it', async () => {
    await open('/modems');
    await page.locator('article[data-modem] a').first().click(patient);
    await page.getByRole('link', { name: 'Console' }).click(patient);
    await fill('AT command', 'AT+CSQ');
    await page.keyboard.press('Enter');
    await page.getByText(/^\+CSQ: /).waitFor(patient);
    await fill('AT command', 'ATZ');
    await page.keyboard.press('Enter');
    await press('Run it all the same');
    await page.getByRole('dialog').getByText('Run this command?').waitFor(patient);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'AT log' }).click(patient);
    const log = page.getByRole('region', { name: 'AT log' });
    await log.getByText('AT+CSQ').first().waitFor(patient);
    await office.customer.send('Seen in the log at once.');
    await log
      .getByText(/^AT\+CMGS=/)
      .first()
      .waitFor(patient);
    await press('Pause');
    await page.getByText('Paused', { exact: true }).waitFor(patient);
    await press('Resume');
    await press('Sent');
    await page.getByLabel('Filter lines').fill('CSQ');
    await log.getByText('AT+CSQ').first().waitFor(patient);
    expect(await log.locator('[data-direction="in"]').count()).toBe(0);
  });

  it('asks for the balance', async () => {
    await page.getByRole('link', { name: 'USSD' }).click(patient);
    await fill('Code', '*100#');
    await page.keyboard.press('Enter');
    await page.locator('[data-by="network"]').first().waitFor(patient);
  });

  it('names a SIM and pauses it, and both are kept', async () => {
    await page.getByRole('link', { name: 'Settings' }).last().click(patient);
    await fill('Label', 'Alerts');
    await press('Save');
    await page.getByRole('heading', { name: 'Alerts' }).waitFor(patient);
    await press('Pause');
    await page.getByText('Texts for this SIM are kept').waitFor(patient);
    await press('Resume');
    await page.getByText('Texts leave as its limits').waitFor(patient);
  });

  it('keeps a filter as an address, finds words, and saves what it finds', async () => {
    await open('/messages');
    await fill('Text or number', 'gate');
    await page.waitForURL(/q=gate/);
    await page.getByLabel('Direction').selectOption('outbound');
    await page.waitForURL(/q=gate&direction=outbound/);
    const address = page.url();
    await open('/');
    await page.goto(address);
    await page.getByRole('button', { name: 'Open: Is the gate open?' }).waitFor(patient);
    expect(await page.locator('tr[data-message]').count()).toBe(1);
    const saving = page.waitForEvent('download');
    await press('Export CSV');
    const saved = await textOf(await (await saving).createReadStream());
    expect(saved.trim().split('\r\n')).toHaveLength(2);
    expect(saved).toContain('Is the gate open?');
  });

  it('makes a key whose snippet runs as it stands', async () => {
    await open('/keys');
    await fill('Name', 'Till');
    await press('Make the key');
    for (const [language, program, parameters] of runners) {
      await press(language);
      const snippet = await page.locator('[data-created] pre').last().innerText(patient);
      const { stdout } = await run(program, parameters(snippet));
      expect(stdout, language).toMatch(/"?success"?: ?true/);
    }
    await page.getByRole('cell', { name: 'Till' }).waitFor(patient);
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
      await page.getByText('This secret signs what is sent').waitFor(patient);
      await page.getByRole('link', { name: 'Archive' }).click(patient);
      await press('Send a test');
      await page.locator('tr[data-delivery]').getByText('Delivered').first().waitFor(patient);
      await press('Deliver again');
      await page.getByText('(again)').waitFor(patient);
      await expect.poll(() => events.length - new Set(events).size, patient).toBe(1);
    });
  });

  it('sets a password, leaves, and comes back with it', async () => {
    await open('/');
    await press('Begin');
    await fill('Password', 'correct horse battery');
    await press('Set the password');
    await page.getByRole('heading', { name: 'Plug in a modem' }).waitFor(patient);
    await press('Sign out');
    await page.getByRole('heading', { name: 'Sign in to Postern' }).waitFor(patient);
    await fill('Password', 'a wrong one');
    await press('Sign in');
    await page.getByText('The password is wrong').waitFor(patient);
    await fill('Password', 'correct horse battery');
    await press('Sign in');
    await page.getByRole('button', { name: 'Sign out' }).waitFor(patient);
    await open('/');
    await page.getByText('All 2 modems are ready').waitFor(patient);
  });

  it('lets a reader see the log, and change nothing', async () => {
    await open('/settings/access');
    await page.getByLabel('Password', { exact: true }).last().fill('only to look at');
    await page.getByRole('button', { name: 'Set the password' }).last().click(patient);
    await page.getByText('The password is set').first().waitFor(patient);
    const reader = await office.strangerVisits();
    await reader.goto(office.address);
    await reader.getByText('Reader', { exact: true }).click();
    await reader.getByLabel('Password', { exact: true }).fill('only to look at');
    await reader.getByRole('button', { name: 'Sign in' }).click();
    await reader.getByText('All 2 modems are ready').waitFor(patient);
    await office.turnTo(reader, '/messages?q=gate&direction=outbound');
    await reader.getByRole('button', { name: 'Open: Is the gate open?' }).click();
    const drawer = reader.getByRole('complementary', { name: 'Message', exact: true });
    await drawer.getByText('Taken by the network').waitFor(patient);
    expect(await reader.getByRole('button', { name: /Send again|New message/ }).count()).toBe(0);
    await office.turnTo(reader, '/keys');
    await reader.getByText('You are signed in to look only').waitFor(patient);
    await office.turnTo(reader, '/compose');
    await reader.getByText('You are signed in to look only').waitFor(patient);
    await reader.close();
  });

  it('takes the emulated modems away, and plugs new ones in', async () => {
    await open('/modems');
    await press('Stop them');
    await page.getByRole('dialog').getByRole('button', { name: 'Stop them' }).click(patient);
    await page.getByText('No modem yet').waitFor(patient);
    await page.getByText('Serial ports of this machine').waitFor(patient);
    await press('Start 2 emulated modems');
    await open('/');
    await page.getByText('All 2 modems are ready').waitFor(patient);
  });
});
