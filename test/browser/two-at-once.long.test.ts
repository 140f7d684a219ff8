import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModemView } from '../../src/contract/modem.ts';
import type { SimView } from '../../src/contract/sim.ts';
import { leftOut } from '../foreign-programs.ts';
import { go, patient } from './office.ts';
import { Visit } from './visit.ts';

/** For what takes no time of its own. */
const soon = { timeout: 10_000 };

describe.skipIf(leftOut('chromium'))('where two things happen at once', () => {
  const visit = Visit.duringBlock();
  const { open, fill, press } = visit;
  let modems: readonly ModemView[] = [];

  /** Asks the gateway as another browser of the same person would. */
  async function ask<Data>(method: string, path: string, data?: object): Promise<Data> {
    const { address, context } = visit.office;
    const headers = { origin: address };
    const response = await context.request.fetch(`${address}${path}`, {
      method,
      headers,
      ...(data && { data }),
    });
    expect(response.ok(), `${method} ${path}`).toBe(true);
    return (await response.json()).data;
  }

  /** The next request of that kind waits until what this answers is called. */
  async function holdUp(method: string, path: string): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let held = false;
    await visit.page.route(path, async (route) => {
      const isIt = !held && route.request().method() === method;
      held ||= isIt;
      if (isIt) await promise;
      return route.continue();
    });
    return resolve;
  }

  afterEach(() => visit.page.unrouteAll());

  const choose = (name: string, buffer: Buffer) =>
    visit.page
      .locator('input[type="file"][accept*="csv"]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer });

  beforeAll(async () => {
    modems = await ask('GET', '/v1/modems');
  });

  it('what another one has set for a SIM stays where a form that was open before is saved', async () => {
    const [{ id, iccid }] = modems as [ModemView];
    await open(`/modems/${id}/settings`);
    await fill('Label', 'Porter');
    await ask('PATCH', `/v1/sims/${iccid}`, { limits: { per_day: 77 }, country: 'DE' });
    const readAgain = visit.page.waitForResponse(/\/v1\/sims\?/, soon);
    await visit.office.customer.send('Something happens');
    await readAgain;
    await fill('Label', 'Porter, ground floor');
    await press('Save');
    await visit.page.getByText('Saved').first().waitFor(patient);
    const sim = await ask<SimView>('GET', `/v1/sims/${iccid}`);
    expect([sim.label, sim.country, sim.limits.per_day]).toEqual(['Porter, ground floor', 'DE', 77]);
    expect(await visit.page.getByLabel('A day', { exact: true }).inputValue()).toBe('77');
  });

  it('a number that becomes known while a SIM is given its name in the set-up stays its number', async () => {
    const [{ iccid, number }] = modems as [ModemView];
    await ask('PATCH', `/v1/sims/${iccid}`, { number: null, label: null });
    await open('/setup');
    await visit.page.getByRole('list').getByRole('button', { name: 'Name its number' }).click(soon);
    const card = visit.page
      .locator('form')
      .filter({ has: visit.page.getByLabel('Label') })
      .first();
    await card.getByLabel('Label').fill('Porter', soon);
    await ask('PATCH', `/v1/sims/${iccid}`, { number });
    const readAgain = visit.page.waitForResponse(/\/v1\/sims\?/, soon);
    await visit.office.customer.send('Something happens again');
    await readAgain;
    const saved = visit.page.waitForResponse((response) => response.request().method() === 'PATCH', soon);
    await card.getByRole('button', { name: 'Save' }).click(soon);
    await saved;
    const sim = await ask<SimView>('GET', `/v1/sims/${iccid}`);
    expect([sim.label, sim.number]).toEqual(['Porter', number]);
  });

  it('what is typed while a form is being saved is kept', async () => {
    await open('/settings/retention');
    const goOn = await holdUp('PATCH', '**/v1/settings');
    await fill('Keep received texts, days', '90');
    await press('Save');
    await fill('Keep sent texts, days', '60');
    const readAgain = visit.page.waitForResponse(
      (response) => response.url().endsWith('/v1/settings') && response.request().method() === 'GET',
      soon,
    );
    goOn();
    await readAgain;
    await visit.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await visit.page.getByLabel('Keep sent texts, days').inputValue()).toBe('60');
  });

  it('a question about one modem is not put about another that its reader goes back to', async () => {
    const [first, second] = modems as [ModemView, ModemView];
    await open(`/modems/${first.id}`);
    await go(visit.page, `/modems/${second.id}`);
    await visit.page
      .getByRole('heading', { level: 1, name: second.label ?? second.model ?? '' })
      .waitFor(patient);
    await press('Reset');
    await visit.page.getByRole('dialog').waitFor(patient);
    await visit.page.goBack();
    await visit.page.getByRole('dialog').waitFor({ state: 'detached', ...soon });
  });

  it('a file that was chosen last is the one that is told of', async () => {
    await open('/compose');
    const goOn = await holdUp('POST', '**/v1/sms/import**');
    await choose('many.csv', Buffer.from(`to,body\n${'+15550199002,Hello\n'.repeat(7)}`));
    await visit.page.getByText('many.csv').waitFor(patient);
    await choose('one.csv', Buffer.from('to,body\n+15550199002,Hello\n'));
    await visit.page.getByText('1 text can go,').waitFor(patient);
    const answered = visit.page.waitForResponse(/sms\/import/, soon);
    goOn();
    await answered;
    await visit.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await visit.page.getByText('7 texts can go,').count()).toBe(0);
  });

  it('a file whose umlauts cannot be read is refused, and the same one can be chosen again', async () => {
    await open('/compose');
    await choose('texts.csv', Buffer.from('to,body\n+15550199002,Grüße\n', 'latin1'));
    await visit.page.getByText('CSV UTF-8').waitFor(soon);
    const chooser = visit.page.waitForEvent('filechooser', soon);
    await press('Choose a file');
    const field = visit.page.locator('input[type="file"][accept*="csv"]');
    expect(await field.evaluate((input) => (input as HTMLInputElement).value)).toBe('');
    await (await chooser).setFiles([]);
  });

  it('a text leaves from the number that it was begun with, whatever becomes of its modem', async () => {
    const [first, second] = modems as [ModemView, ModemView];
    await open('/compose');
    const from = visit.page.getByLabel('From', { exact: true });
    await fill('Text', 'Hello');
    const begunWith = await from.inputValue();
    const own = [first, second].find(({ number }) => number === begunWith);
    const readAgain = visit.page.waitForResponse(/\/v1\/numbers/, soon);
    await ask('POST', `/v1/modems/${own?.id}/disable`);
    await readAgain;
    await visit.page
      .getByText('Disabled', { exact: false })
      .first()
      .waitFor({ state: 'attached', ...soon });
    expect(await from.inputValue()).toBe(begunWith);
    await ask('POST', `/v1/modems/${own?.id}/enable`);
  });

  it('what the network says to an answer is shown, though the dialogue was ended meanwhile', async () => {
    const [{ id }] = modems as [ModemView];
    await open(`/modems/${id}/ussd`);
    const { promise, resolve } = Promise.withResolvers<void>();
    await visit.page.route('**/ussd', async (route) => {
      const { code, answer } = route.request().postDataJSON();
      if (answer !== undefined) await promise;
      const data = code
        ? { state: 'question', text: 'Which balance?' }
        : {
            state: answer === undefined ? 'cancelled' : 'done',
            text: answer === undefined ? '' : 'Three euros',
          };
      return route.fulfill({ json: { success: true, data } });
    });
    await visit.page.getByPlaceholder('*100#').fill('*100#', soon);
    await press('Send');
    await visit.page.getByText('Which balance?').waitFor(soon);
    await visit.page.getByLabel('Answer', { exact: true }).fill('1', soon);
    await press('Send');
    await visit.page.getByRole('button', { name: 'End the dialogue' }).click(soon);
    resolve();
    await visit.page.getByText('Three euros').waitFor(soon);
  });

  it('a PIN is tried once, however often the button is pressed', async () => {
    const [{ id }] = modems as [ModemView];
    await open(`/modems/${id}/settings`);
    let tried = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    await visit.page.route('**/pin', async (route) => {
      tried++;
      await promise;
      const error = { code: 'PIN_REFUSED', message: 'It is wrong.' };
      return route.fulfill({ status: 422, json: { success: false, error } });
    });
    await visit.page.getByLabel('Current PIN').fill('9999');
    const button = visit.page.getByRole('button', { name: 'Do not ask for it' });
    await button.evaluate((element) => {
      for (let times = 0; times < 3; times++) setTimeout(() => (element as HTMLElement).click(), 100 * times);
    });
    await visit.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
    resolve();
    await visit.page.getByText('It is wrong.').first().waitFor(patient);
    expect(tried).toBe(1);
  });
});
