import type { OwnNumber } from '../../src/contract/modem.ts';

/** Stands for a number the reader has to fill in; from the range that is kept free for examples. */
const exampleNumber = '+12025550123';

/**
 * What to type to send a first text: from a number that can send now, to another of this gateway's own if there is
 * one, since that costs the least to try.
 */
export function firstTextCommand(origin: string, numbers: readonly OwnNumber[]): string {
  const usable = [...numbers].sort((one, other) => Number(other.online) - Number(one.online));
  const [from, to] = usable;
  const request = JSON.stringify({
    from: from?.number ?? exampleNumber,
    to: to?.number ?? exampleNumber,
    body: 'Hello from Postern',
  });
  return [
    'KEY=$(postern keys create --name "First try")',
    `curl ${origin}/v1/sms/send \\`,
    '  -H "Authorization: Bearer $KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${request}'`,
  ].join('\n');
}
