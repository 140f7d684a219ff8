import { expect, test } from 'vitest';
import { serveCommand } from '../../src/cli/serve.ts';
import { temporaryFolder } from '../store/temporary-database.ts';

test.each([
  [['--modem', 'number=+15550001111'], /--modem: needs a path/],
  [['--modem', 'path=/dev/x,number=12'], /--modem: must be an international number/],
  [['--modem', 'path=/dev/x,colour=red'], /--modem.*colour/],
  [['--port', '70000'], /--port/],
  [['--emulate', 'two'], /--emulate/],
  [['--config', '/nowhere/postern.json'], /there is no such file/],
])('%j is refused before anything is served, naming the flag', async (flags, sentence) => {
  const command = serveCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  const words = ['--data-dir', temporaryFolder(), ...flags];
  await expect(command.parseAsync(words, { from: 'user' })).rejects.toThrow(sentence);
});
