import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { sendCommand } from '../../../renderer/messages/curl.ts';

it('comes through a shell as it was, whatever the text holds', () => {
  const wanted = { from: '+15550100142', to: '+15550174439', body: `It's "$HOME" \\ \`x\`\n€` };
  const command = sendCommand('http://localhost:8026', wanted);
  const printed = execFileSync('sh', ['-c', command.replace(/^curl/, 'printf "%s\\n"')], {
    encoding: 'utf8',
  });
  const body = printed.slice(printed.indexOf('\n-d\n') + 4, -1);
  expect(JSON.parse(body)).toEqual(wanted);
});
