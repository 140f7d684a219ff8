import { expect, test } from 'vitest';
import { table } from '../../src/cli/table.ts';

test('a table may have as many rows as a list has numbers', () => {
  const rows = Array.from({ length: 200_000 }, () => ['+14155553000', 'x']);
  const lines = table(['NUMBER', 'NOTE'], [...rows, ['+1415555300012', '']]).split('\n');
  expect(lines[0]).toBe('NUMBER          NOTE');
  expect(lines).toHaveLength(rows.length + 2);
});
