import { expect, it } from 'vitest';
import { csvHead, csvLine } from '../../../renderer/messages/csv.ts';
import { aMessage } from '../samples.ts';

it('writes a cell for each column, and nothing for what is not known', () => {
  const line = csvLine(aMessage({ body: 'Hi', cost_usd: null }));
  expect(line.split(',')).toHaveLength(csvHead.split(',').length);
  expect(line).toContain(',outbound,+15550100142,+15550174439,Hi,1,gsm7,delivered,,');
});

it('quotes what would break a line', () => {
  expect(csvLine(aMessage({ body: 'a "b",\nc' }))).toContain(',"a ""b"",\nc",');
});

it.each(['=1+1', '+1 or so', '-2', '@x'])('keeps a spreadsheet from running %o', (body) => {
  expect(csvLine(aMessage({ body }))).toContain(`,'${body},`);
});
