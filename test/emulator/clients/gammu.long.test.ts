import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../foreign-programs.ts';
import { ownNumber } from '../bench.ts';
import { ForeignBench } from './foreign-program.ts';

/** When to give up on what never comes; a busy machine may take long. */
const timeLimit = 120_000;

describe.skipIf(leftOut('gammu'))('gammu', () => {
  let bench: ForeignBench;

  beforeEach(async () => {
    bench = new ForeignBench();
    await bench.plugIn();
    const configuration = ['[gammu]', `device = ${bench.device}`, 'connection = at115200', 'model = at'];
    writeFileSync(join(bench.folder, 'gammurc'), `${configuration.join('\n')}\n`);
  });

  afterEach(() => bench.clear());

  /** Runs commands over one connection. */
  function gammu(...commands: readonly string[]): Promise<string> {
    writeFileSync(join(bench.folder, 'batch'), `${commands.join('\n')}\n`);
    return bench.run('gammu', '-c', 'gammurc', 'batch', 'batch');
  }

  it('identifies the modem, sends texts and asks for the balance', { timeout: timeLimit }, async () => {
    const printed = await gammu(
      'identify',
      'networkinfo',
      'sendsms TEXT +15557654321 -report -text "Hello from elsewhere"',
      `sendsms TEXT +15557654321 -unicode -len 400 -text "${'Grüße ☃ '.repeat(20)}"`,
      'getussd *100#',
    );
    expect(printed).toContain(`IMEI                 : ${bench.modem.imei}`);
    expect(printed).toContain('Network state        : home network');
    expect(printed).toContain('Your balance is 12.34 EUR.');
    const texts = bench.network.submissions.all;
    expect(texts[0]).toMatchObject({ to: '+15557654321', text: 'Hello from elsewhere', reportWanted: true });
    expect(texts.slice(1).map((part) => part.concatenation?.sequence)).toEqual([1, 2, 3]);
    expect(
      texts
        .slice(1)
        .map((part) => part.text)
        .join('')
        .trim(),
    ).toBe('Grüße ☃ '.repeat(20).trim());
  });

  it('reads texts, and deletes them', { timeout: timeLimit }, async () => {
    const long = 'A long text comes in two parts, and the program that reads it puts them together. '.repeat(
      3,
    );
    bench.network.deliver({ from: 'Postern', to: ownNumber, text: 'Hello from @ name' });
    bench.network.deliver({ from: '+15557654321', to: ownNumber, text: long, order: [2, 1] });
    const printed = await gammu('getallsms', 'deleteallsms 1', 'getallsms');
    expect(printed).toContain('Remote number        : "Postern"');
    expect(printed).toContain('Hello from @ name');
    expect(printed).toContain('3 SMS parts in 3 SMS sequences');
    expect(printed).toContain('0 SMS parts in 0 SMS sequences');
    expect(bench.modem.sim?.messages.used).toBe(0);
  });
});
