import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type ForeignName, leftOut, pathOf } from '../foreign-programs.ts';
import { storeMessage } from '../store/stored-message.ts';
import { temporaryFolder } from '../store/temporary-database.ts';
import { ownNumber, type RunningApi, startApi } from './running-api.ts';

/**
 * The samples that the hosted API's documentation gives its users, run by the languages themselves. Nothing in them
 * is changed but the host and the key.
 */
const samples = join(import.meta.dirname, 'samples');
const run = promisify(execFile);

interface Language {
  /** Undefined where it, or the library that its samples use, is not installed. */
  readonly program: string | undefined;
  readonly needs: readonly ForeignName[];
  readonly sample: (name: string) => string;
  readonly extension: string;
  /** What comes between the program and the sample's path. */
  readonly before: readonly string[];
}

const python: Language = {
  program: pathOf('python'),
  needs: ['python'],
  sample: (name) => `${name}.py`,
  extension: 'py',
  before: [],
};
const php: Language = {
  program: pathOf('php'),
  needs: ['php'],
  sample: (name) => `${name}.php`,
  extension: 'php',
  before: [],
};
const javascript: Language = {
  program: process.execPath,
  needs: [],
  sample: (name) => `${name}.js.txt`, // so named that no formatter changes it
  extension: 'mjs',
  before: [],
};
/** PHP's sample for sending prints nothing; this prints what it has put into its variables. */
const phpWithResult: Language = {
  ...php,
  before: ['-r', 'require $argv[1]; echo $messageId, " ", $status;'],
};

/** Runs a sample against the API and answers what it printed; anything on standard error is a failure. */
async function printed(api: RunningApi, language: Language, name: string): Promise<string> {
  const source = readFileSync(join(samples, language.sample(name)), 'utf8');
  const file = join(temporaryFolder(), `sample.${language.extension}`);
  writeFileSync(
    file,
    source.replaceAll('https://api.reachcell.com', api.url).replaceAll('ak_your_api_key', api.key),
  );
  const environment = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', NO_PROXY: '*' };
  if (!language.program) throw new Error('This language is not installed.');
  const { stdout, stderr } = await run(language.program, [...language.before, file], { env: environment });
  expect(stderr).toBe('');
  return stdout;
}

const messageId = '2a583efc-0c41-47b5-a1fe-885fc7ec2720';

function storeReplies(api: RunningApi): void {
  for (const body of ['First reply', `Grüße ${'x'.repeat(80)}`]) {
    storeMessage(api.database, { direction: 'inbound', from: '+14155553000', to: ownNumber, body });
  }
  storeMessage(api.database);
}

describe.each([
  { title: 'Python', language: python, sending: python },
  { title: 'PHP', language: php, sending: phpWithResult },
  { title: 'JavaScript', language: javascript, sending: javascript },
])('the $title sample', ({ title, language, sending }) => {
  const isLeftOut = leftOut(...language.needs);

  test.skipIf(isLeftOut)('sends a text', async () => {
    const api = await startApi();
    const output = await printed(api, sending, 'send');
    const { json } = await api.ask('/v1/sms');
    expect(json.data[0]).toMatchObject({
      from: ownNumber,
      to: '+14155553000',
      body: 'Your verification code is 482910',
    });
    expect(output.trimEnd()).toBe(`${json.data[0].message_id} dispatched`);
  });

  test.skipIf(isLeftOut)('reads a text', async () => {
    const api = await startApi();
    storeMessage(api.database, {
      message_id: messageId,
      status: 'delivered',
      delivered_at: '2026-06-08T14:02:11Z',
    });
    const between = title === 'PHP' ? '' : ' ';
    expect((await printed(api, language, 'get')).trimEnd()).toBe(`delivered${between}2026-06-08T14:02:11Z`);
  });

  test.skipIf(isLeftOut)('lists the texts that came in', async () => {
    const api = await startApi();
    storeReplies(api);
    const output = await printed(api, language, 'list');
    if (title === 'PHP') {
      const firstSixtyOctets = `Grüße ${'x'.repeat(52)}`;
      expect(output).toBe(`+14155553000: ${firstSixtyOctets}\n+14155553000: First reply\nTotal: 2`);
    } else {
      const firstSixty = `Grüße ${'x'.repeat(54)}`;
      expect(output).toBe(`2 total, page 1/1\n+14155553000 → ${firstSixty}\n+14155553000 → First reply\n`);
    }
  });
});
