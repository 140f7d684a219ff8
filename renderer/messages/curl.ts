import type { Message } from '../../src/contract/message.ts';

/** The request that sends the same text, for a POSIX shell. The key is the reader's own. */
export function sendCommand(
  origin: string,
  { from, to, body }: Pick<Message, 'from' | 'to' | 'body'>,
  key = '$POSTERN_KEY',
): string {
  const request = JSON.stringify({ from, to, body }).replaceAll("'", String.raw`'\''`);
  return [
    `curl ${origin}/v1/sms/send \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${request}'`,
  ].join('\n');
}
