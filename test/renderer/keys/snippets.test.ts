import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { languages, snippet } from '../../../renderer/keys/snippets.ts';

const facts = { origin: 'http://127.0.0.1:8026', key: 'ak_x', numbers: [] };

it.each(languages)('holds the address and the key: %s', (language) => {
  const lines = snippet(language, facts);
  expect(lines).toContain('http://127.0.0.1:8026/v1/sms/send');
  expect(lines).toContain('ak_x');
});

it('is JavaScript that a program can read', () => {
  const check = ['--input-type=module', '--check'];
  expect(() => execFileSync(process.execPath, check, { input: snippet('javascript', facts) })).not.toThrow();
});
