import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { patient } from './office.ts';
import { Visit } from './visit.ts';

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

describe.skipIf(leftOut('chromium'))('somebody who knows the pages', () => {
  const visit = Visit.duringBlock();
  const { open, fill, press } = visit;

  it('writes to many, is told of the numbers that are wrong, and can pause', async () => {
    await open('/compose');
    const good = Array.from({ length: 20 }, (_, place) => `+1555016${1000 + place}`);
    await fill('To', [...good, 'nobody', good[0]].join('\n'));
    await fill('Text', 'The office is closed on Friday.');
    await visit.page.getByText('2 numbers to mend').first().waitFor(patient);
    await press('Send 20 texts');
    await press('Pause');
    await visit.page.getByText('Paused', { exact: true }).first().waitFor(patient);
    await press('Resume');
    await visit.page.getByText('20 sent, 0 failed, 0 left').waitFor(patient);
  });

  it('answers whoever wrote', async () => {
    await open('/compose');
    await fill('To', '+15550199001');
    await fill('Text', 'Are you there?');
    await press('Send');
    await open('/conversations');
    await visit.page
      .getByRole('navigation', { name: 'Conversations' })
      .getByText('019')
      .first()
      .waitFor(patient);
    await open(`/conversations/${encodeURIComponent('+15550199001')}`);
    await visit.page.getByText('Thank you, your text of').first().waitFor(patient);
    await fill('Reply', 'Good to hear.');
    await visit.page.keyboard.press('Control+Enter');
    await visit.page
      .locator('[data-direction="outbound"]', { hasText: 'Good to hear.' })
      .first()
      .waitFor(patient);
  });

  it('is not led away by the answer to what was sent from a screen that was left since', async () => {
    let answer: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await visit.page.route('**/v1/sms/send', async (route) => {
      await left;
      await route.continue();
    });
    await open('/compose');
    await fill('To', '+15550199001');
    await fill('Text', 'It takes its time.');
    await press('Send');
    await open('/keys');
    answer();
    await visit.page.getByText('The text is on its way').first().waitFor(patient);
    await visit.page.unroute('**/v1/sms/send');
    await visit.page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor(patient);
    expect(new URL(visit.page.url()).pathname).toBe('/keys');
  });

  it('is asked about one message, and not about another to which the way back leads', async () => {
    const drawer = visit.page.getByRole('complementary', { name: 'Message', exact: true });
    await open('/messages');
    for (const words of ['Kept for good.', 'Thrown away.']) {
      const id = await visit.office.customer.send(words);
      await visit.page.evaluate((address) => {
        history.pushState(null, '', address);
        dispatchEvent(new PopStateEvent('popstate'));
      }, `/messages?open=${id}`);
      await drawer.getByText(words).waitFor(patient);
      await drawer.getByText('Delivered', { exact: true }).first().waitFor(patient);
    }
    await press('More');
    await visit.page.getByRole('menuitem', { name: 'Erase' }).click(patient);
    await visit.page.getByRole('dialog').waitFor(patient);
    await visit.page.goBack();
    await drawer.getByText('Kept for good.').waitFor({ ...patient, state: 'attached' });
    await visit.page.getByRole('dialog').waitFor({ ...patient, state: 'detached' });
  });

  it('asks a modem, and is warned of what would disturb it', async () => {
    await open('/modems');
    await visit.page.locator('article[data-modem] a').first().click(patient);
    await visit.page.getByRole('link', { name: 'Console' }).click(patient);
    await fill('AT command', 'AT+CSQ');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByText(/^\+CSQ: /).waitFor(patient);
    await fill('AT command', 'ATZ');
    await visit.page.keyboard.press('Enter');
    await press('Run it all the same');
    await visit.page.getByRole('dialog').getByText('Run this command?').waitFor(patient);
    await visit.page.keyboard.press('Escape');
    await visit.page.getByRole('link', { name: 'AT log' }).click(patient);
    const log = visit.page.getByRole('region', { name: 'AT log' });
    await log.getByText('AT+CSQ').first().waitFor(patient);
    await visit.office.customer.send('Seen in the log at once.');
    await log
      .getByText(/^AT\+CMGS=/)
      .first()
      .waitFor(patient);
    await press('Pause');
    await visit.page.getByText('Paused', { exact: true }).waitFor(patient);
    await press('Resume');
    await press('Sent');
    await visit.page.getByLabel('Filter lines').fill('CSQ');
    await log.getByText('AT+CSQ').first().waitFor(patient);
    expect(await log.locator('[data-direction="in"]').count()).toBe(0);
  });

  it('asks for the balance', async () => {
    await visit.page.getByRole('link', { name: 'USSD' }).click(patient);
    await fill('Code', '*100#');
    await visit.page.keyboard.press('Enter');
    await visit.page.locator('[data-by="network"]').first().waitFor(patient);
  });

  it('names a SIM and pauses it, and both are kept', async () => {
    await visit.page.getByRole('link', { name: 'Settings' }).last().click(patient);
    await fill('Label', 'Alerts');
    await press('Save');
    await visit.page.getByRole('heading', { name: 'Alerts' }).waitFor(patient);
    await press('Pause');
    await visit.page.getByText('Texts for this SIM are kept').waitFor(patient);
    await press('Resume');
    await visit.page.getByText('Texts leave as its limits').waitFor(patient);
  });

  it('makes a key whose snippet runs as it stands', async () => {
    await open('/keys');
    await fill('Name', 'Till');
    await press('Make the key');
    for (const [language, program, parameters] of runners) {
      await press(language);
      const snippet = await visit.page.locator('[data-created] pre').last().innerText(patient);
      const { stdout } = await run(program, parameters(snippet));
      expect(stdout, language).toMatch(/"?success"?: ?true/);
    }
    await visit.page.getByRole('cell', { name: 'Till' }).waitFor(patient);
  });

  it('sets a password, leaves, and comes back with it', async () => {
    await open('/');
    await press('Begin');
    await fill('Password', 'correct horse battery');
    await press('Set the password');
    await visit.page.getByRole('heading', { name: 'Plug in a modem' }).waitFor(patient);
    await press('Sign out');
    await visit.page.getByRole('heading', { name: 'Sign in to Postern' }).waitFor(patient);
    await fill('Password', 'a wrong one');
    await press('Sign in');
    await visit.page.getByText('The password is wrong').waitFor(patient);
    await fill('Password', 'correct horse battery');
    await press('Sign in');
    await visit.page.getByRole('button', { name: 'Sign out' }).waitFor(patient);
    await open('/');
    await visit.page.getByText('All 2 modems are ready').waitFor(patient);
  });

  it('lets a reader see the log, and change nothing', async () => {
    await open('/settings/access');
    await visit.page.getByLabel('Password', { exact: true }).last().fill('only to look at');
    await visit.page.getByRole('button', { name: 'Set the password' }).last().click(patient);
    // what is told on the page may be of another password, set just before
    await expect.poll(() => passwordRoles(visit.office.address), patient).toContain('reader');
    await visit.office.customer.send('Is the gate open?');
    const reader = await visit.office.strangerVisits();
    await reader.goto(visit.office.address);
    const roles = await passwordRoles(visit.office.address);
    if (roles.length > 1) await reader.getByText('Reader', { exact: true }).click();
    await reader.getByLabel('Password', { exact: true }).fill('only to look at');
    await reader.getByRole('button', { name: 'Sign in' }).click();
    await reader.getByText('All 2 modems are ready').waitFor(patient);
    await visit.office.turnTo(reader, '/messages?q=gate&direction=outbound');
    await reader.getByRole('button', { name: 'Open: Is the gate open?' }).click();
    const drawer = reader.getByRole('complementary', { name: 'Message', exact: true });
    await drawer.getByText('Taken by the network').waitFor(patient);
    expect(await reader.getByRole('button', { name: /Send again|New message/ }).count()).toBe(0);
    await visit.office.turnTo(reader, '/keys');
    await reader.getByText('You are signed in to look only').waitFor(patient);
    await visit.office.turnTo(reader, '/compose');
    await reader.getByText('You are signed in to look only').waitFor(patient);
    await reader.close();
  });
});

/** Who can sign in with a password, as anybody is told. */
async function passwordRoles(address: string): Promise<readonly string[]> {
  const answer = await fetch(`${address}/v1/setup`);
  const { data } = (await answer.json()) as { data: { password_roles: string[] } };
  return data.password_roles;
}
