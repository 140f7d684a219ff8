import type { OwnNumber } from '../../src/contract/modem.ts';
import { sendCommand } from '../messages/curl.ts';

export const languages = ['curl', 'python', 'php', 'javascript'] as const;
export type Language = (typeof languages)[number];

interface SnippetFacts {
  readonly origin: string;
  readonly key: string;
  readonly numbers: readonly OwnNumber[];
}

/** Stands for a number the reader has to fill in; from the range that is kept free for examples. */
const exampleNumber = '+12025550123';

/**
 * A program that sends a first text through this gateway: from a number that can send now, to another of its own if
 * there is one. Needs nothing that does not come with the language.
 */
export function snippet(language: Language, { origin, key, numbers }: SnippetFacts): string {
  const [from, to] = [...numbers].sort((one, other) => Number(other.online) - Number(one.online));
  const message = {
    from: from?.number ?? exampleNumber,
    to: to?.number ?? from?.number ?? exampleNumber,
    body: 'Hello from Postern',
  };
  return writers[language](origin, key, message);
}

interface FirstText {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

type Writer = (origin: string, key: string, message: FirstText) => string;

const writers: Readonly<Record<Language, Writer>> = {
  curl: (origin, key, message) => sendCommand(origin, message, key),
  python: (origin, key, message) => `import json
from urllib.request import Request, urlopen

request = Request(
    "${origin}/v1/sms/send",
    method="POST",
    headers={"Authorization": "Bearer ${key}", "Content-Type": "application/json"},
    data=json.dumps(${JSON.stringify(message)}).encode(),
)
print(urlopen(request).read().decode())`,
  php: (origin, key, { from, to, body }) => `<?php
$answer = file_get_contents('${origin}/v1/sms/send', false, stream_context_create(['http' => [
    'method' => 'POST',
    'header' => "Authorization: Bearer ${key}\\r\\nContent-Type: application/json",
    'content' => json_encode(['from' => '${from}', 'to' => '${to}', 'body' => '${body}']),
]]));
echo $answer, PHP_EOL;`,
  javascript: (origin, key, message) => `const answer = await fetch('${origin}/v1/sms/send', {
  method: 'POST',
  headers: { authorization: 'Bearer ${key}', 'content-type': 'application/json' },
  body: JSON.stringify(${JSON.stringify(message)}),
});
console.log(await answer.json());`,
};
