import { describe, expect, it } from 'vitest';
import { leftOut } from '../foreign-programs.ts';
import { patient } from './office.ts';
import { Visit } from './visit.ts';

describe.skipIf(leftOut('chromium'))('forms and lists of the pages', () => {
  const visit = Visit.duringBlock();
  const { open, fill } = visit;

  it('stay where a year of five figures is typed, and send nothing for it', async () => {
    await open('/compose?to=%2B15550109999&body=Later');
    await fill('When (empty: now)', '12026-01-01T10:00');
    const send = visit.page.getByRole('button', { name: 'Schedule' });
    await send.waitFor(patient);
    expect(await send.isDisabled()).toBe(true);
    await fill('When (empty: now)', '');
    await fill('Text', '');
  });

  it('copy also where the browser has no clipboard for them, as over plain HTTP in a network', async () => {
    await visit.page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
    await visit.page.reload();
    const id = await visit.office.customer.send('To be copied');
    await open(`/messages?open=${id}`);
    await visit.page.getByRole('button', { name: 'More' }).click(patient);
    await visit.page.getByRole('menuitem', { name: 'Copy the id' }).click(patient);
    await visit.page.getByText('Id copied').waitFor(patient);
    await open('/compose');
    const field = visit.page.getByLabel('Text', { exact: true });
    await field.focus();
    await visit.page.keyboard.press('ControlOrMeta+V');
    await expect.poll(() => field.inputValue(), patient).toBe(id);
    await field.fill('');
  });

  it('show all batches, a few at a time', async () => {
    const [from] = await visit.office.customer.numbers();
    const headers = { origin: visit.office.address };
    for (let count = 1; count <= 12; count++) {
      const messages = [{ from, to: '+15550109999', body: `${count}` }];
      const data = { name: `Batch ${count}.`, messages };
      await visit.office.context.request.post(`${visit.office.address}/v1/sms/batch`, { headers, data });
    }
    await open('/compose');
    await visit.page.getByText('Batch 12.').waitFor(patient);
    expect(await visit.page.getByText('Batch 1.', { exact: true }).count()).toBe(0);
    await visit.page.getByRole('button', { name: 'Show older ones' }).click(patient);
    await visit.page.getByText('Batch 1.', { exact: true }).waitFor(patient);
  });

  it('take the number of a SIM however it is written, and show it as it is dialled', async () => {
    const modem = await visit.page.evaluate(async () => (await (await fetch('/v1/modems')).json()).data[0]);
    await open(`/modems/${modem.id}/settings`);
    await fill('Number', '0049 (0) 151–5302118');
    await visit.page.getByRole('button', { name: 'Save', exact: true }).first().click(patient);
    const number = visit.page.getByLabel('Number', { exact: true }).first();
    await visit.page.getByText('Saved').first().waitFor(patient);
    await expect.poll(() => number.inputValue(), patient).toBe('+491515302118');
  });

  it('keep the numbers of a batch that were refused, and say why', async () => {
    const data = { number: '+15550108888', note: null };
    const headers = { origin: visit.office.address };
    await visit.office.context.request.post(`${visit.office.address}/v1/lists/opted-out`, { headers, data });
    await open('/compose');
    await fill('To', '+15550107777\n+15550108888');
    await fill('Text', 'To one of two');
    await visit.page.getByRole('button', { name: 'Send 2 texts' }).click(patient);
    await visit.page.getByText('1 text accepted, 1 refused').waitFor(patient);
    await visit.page.getByText(/\+15550108888: /).waitFor(patient);
    const left = (label: string) => visit.page.getByLabel(label, { exact: true }).inputValue();
    await expect
      .poll(async () => [await left('To'), await left('Text')], patient)
      .toEqual(['+15550108888', 'To one of two']);
    await fill('Text', '');
    await fill('To', '');
  });

  it('tell what went wrong also to whoever has closed the question meanwhile', async () => {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    await visit.page.route('**/v1/settings', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      await closed;
      return route.fulfill({ status: 500, body: '{}' });
    });
    await open('/settings');
    await visit.page.getByRole('button', { name: 'Pause all sending' }).click(patient);
    const question = visit.page.getByRole('dialog');
    await question.getByRole('button', { name: 'Pause all sending' }).click(patient);
    await visit.page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden', ...patient });
    close();
    await visit.page.getByText('That did not work').waitFor(patient);
    await visit.page.unrouteAll();
  });
});
