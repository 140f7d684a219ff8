import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '../../../renderer/texts/en.ts';
import { directionOf, text } from '../../../renderer/texts/text.ts';

const renderer = join(import.meta.dirname, '../../../renderer');

describe('a text', () => {
  it('is filled in, numbers written as people write them', () => {
    expect(text('answer.yes_from', { able: 3, all: 4 })).toBe('Yes, from 3 of 4');
    expect(text('answer.texts', { count: 1_288 })).toBe(`${(1_288).toLocaleString()} texts`);
  });

  it('keeps a name that is read from the right apart from what stands beside it', () => {
    expect(text('number.of', { name: 'مكتب' })).toContain('\u2068مكتب\u2069');
    expect(text('number.of', { name: 'Porter' })).not.toMatch(/[\u2068\u2069]/);
  });

  it('has its singular', () => {
    expect(text('answer.texts', { count: 1 })).toBe('1 text');
    expect(text('answer.texts', { count: 0 })).toBe('0 texts');
  });
});

it.each([
  ['مرحبا at 10:30', 'rtl'],
  ['+49 151: שלום', 'rtl'],
  ['Hello, שלום', undefined],
  ['10:30', undefined],
  ['', undefined],
])('%j is read from the %s', (words, direction) => expect(directionOf(words)).toBe(direction));

describe('the catalogue', () => {
  const keys = Object.keys(english);

  it('has both forms of whatever counts', () => {
    const stems = (suffix: string) =>
      keys.filter((key) => key.endsWith(suffix)).map((key) => key.slice(0, -suffix.length));
    expect(stems('_one')).toEqual(stems('_other'));
  });

  it('holds nothing that no page says', () => {
    const source = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('en.ts'))
      .map((file) => readFileSync(join(renderer, file), 'utf8'))
      .join('\n');
    const spoken = new Set(source.match(/(?<=['"])[a-z_]+\.[a-z_]+(?=['"])/g));
    const families = new Set([...source.matchAll(/`([a-z_]+\.)\$\{/g)].map((found) => found[1]));
    const unsaid = keys
      .map((key) => key.replace(/_(?:one|other)$/, ''))
      .filter((key) => !spoken.has(key) && !families.has(key.slice(0, key.indexOf('.') + 1)));
    expect([...new Set(unsaid)]).toEqual([]);
  });
});
