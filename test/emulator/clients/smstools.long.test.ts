import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../foreign-programs.ts';
import { ownNumber } from '../bench.ts';
import { eventually } from '../eventually.ts';
import { ForeignBench } from './foreign-program.ts';

/** When to give up on what never comes; a busy machine may take long. */
const timeLimit = 120_000;
const spools = ['outgoing', 'checked', 'incoming', 'failed', 'sent', 'report'] as const;

describe.skipIf(leftOut('smstools'))('smstools', () => {
  let bench: ForeignBench;

  beforeEach(async () => {
    bench = new ForeignBench();
    await bench.plugIn();
    for (const spool of spools) mkdirSync(join(bench.folder, spool));
    writeFileSync(join(bench.folder, 'smsd.conf'), configuration(bench));
    bench.start('smstools', '-t', `-c${join(bench.folder, 'smsd.conf')}`);
  });

  afterEach(() => bench.clear(), timeLimit);

  /** Puts a text into the spool in one step, as the program wants it. */
  function send(name: string, ...lines: readonly string[]): void {
    writeFileSync(join(bench.folder, name), lines.join('\n'));
    renameSync(join(bench.folder, name), join(bench.folder, 'outgoing', name));
  }

  /** Waits until `count` files in a spool hold `pattern`: a text of which parts are missing lies there unfinished. */
  async function filesIn(spool: (typeof spools)[number], pattern: RegExp, count = 1): Promise<string> {
    const found = () => {
      const names = readdirSync(join(bench.folder, spool));
      const files = names.map((name) => contentOf(join(bench.folder, spool, name)));
      return files.filter((file) => pattern.test(file));
    };
    await eventually(
      `${count} files with ${pattern} in ${spool}`,
      () => found().length >= count,
      timeLimit / 2,
    );
    return found().join('\n');
  }

  it('sends texts, and gets their reports', { timeout: timeLimit }, async () => {
    send('one', 'To: 15557654321', 'Report: yes', '', 'Hello from elsewhere');
    send('two', 'To: 15557654321', 'Alphabet: UTF-8', '', 'Grüße ☃ '.repeat(20));
    await filesIn('sent', /^Message_id: \d/m, 2);
    const texts = bench.network.submissions.all;
    expect(texts.map((text) => text.to)).toEqual(new Array(texts.length).fill('+15557654321'));
    expect(texts.filter((text) => !text.concatenation).map((text) => text.text?.trim())).toEqual([
      'Hello from elsewhere',
    ]);
    const parts = texts.filter((text) => text.concatenation).map((text) => text.text);
    expect(parts.join('').trim()).toBe('Grüße ☃ '.repeat(20).trim());
    await filesIn('report', /^Status: 0,Ok/m);
  });

  it('receives a long text in parts, and empties the card', { timeout: timeLimit }, async () => {
    const text = 'No text is lost, none is sent twice on a guess. '.repeat(5);
    bench.network.deliver({ from: '+15557654321', to: ownNumber, text, order: [2, 1] });
    const received = await filesIn('incoming', /^From: 15557654321$/m);
    expect(received).toContain(text.trim());
    await eventually('the card is empty', () => bench.modem.sim?.messages.used === 0);
  });
});

/** Empty for a file of the program's own that is gone since its name was read. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function configuration({ folder, device }: ForeignBench): string {
  return [
    'devices = GSM1',
    ...spools.map((spool) => `${spool} = ${join(folder, spool)}`),
    ...['logfile', 'infofile', 'pidfile'].map((file) => `${file} = ${join(folder, file)}`),
    'delaytime = 1',
    '[GSM1]',
    `device = ${device}`,
    'baudrate = 115200',
    'rtscts = no',
    'incoming = yes',
    'report = yes',
    'init = AT+CNMI=2,1,0,2,0',
    'primary_memory = SM',
    'secondary_memory = SR',
    'secondary_memory_max = 50',
    '',
  ].join('\n');
}
