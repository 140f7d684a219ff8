import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const program = pathToFileURL(join(import.meta.dirname, '../../src/cli/main.ts')).href;
const script = `import { main } from '${program}'; await main(['node', 'postern', ...process.argv.slice(1)]);`;

test('a command whose reader has gone ends without a word', async () => {
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    '--',
    'pdu',
    'encode',
    '--json',
  ]);
  child.stdin.on('error', () => undefined);
  const said = text(child.stderr);
  const exit = once(child, 'exit');
  const request = `${JSON.stringify({ to: '+14155553000', text: 'Hello' })}\n`;
  child.stdin.write(request);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.write(request.repeat(200));
  const [status] = await exit;
  expect([status, await said]).toEqual([0, '']);
});
