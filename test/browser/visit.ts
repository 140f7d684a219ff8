import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Office, patient } from './office.ts';

/**
 * Somebody signed in who looks at the pages of a gateway with two modems that are ready. One page serves all tests of a
 * block: what costs most is the process that a browser starts for each. After each test it is seen that nothing left
 * the gateway and that the browser complained of nothing.
 */
export class Visit {
  #office: Office | undefined;
  #page: Page | undefined;

  /** For the tests of the block that calls this. */
  static duringBlock(): Visit {
    const visit = new Visit();
    beforeAll(() => visit.#begin());
    afterAll(() => visit.#office?.close());
    afterEach(() => {
      const { seen, address } = visit.office;
      expect(seen.outside(address), 'requests that left the gateway').toEqual([]);
      expect(seen.complaints, 'errors, and what the security policy refused').toEqual([]);
    });
    return visit;
  }

  get office(): Office {
    if (!this.#office) throw new Error('the office is open during tests only');
    return this.#office;
  }

  get page(): Page {
    if (!this.#page) throw new Error('the page is open during tests only');
    return this.#page;
  }

  readonly open = (path: string): Promise<void> => this.office.turnTo(this.page, path);

  readonly fill = (label: string, value: string): Promise<void> =>
    this.page.getByLabel(label, { exact: true }).first().fill(value);

  readonly press = (name: string | RegExp): Promise<void> =>
    this.page.getByRole('button', { name }).first().click(patient);

  async #begin(): Promise<void> {
    this.#office = await Office.open();
    this.#page = await this.#office.visit();
    await this.#page.goto(this.#office.address);
    await this.#page.getByText('All 2 modems are ready').waitFor(patient);
  }
}
