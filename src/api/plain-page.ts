import type { ServerResponse } from 'node:http';

/** Answers a person's browser with one sentence, where the pages of the user interface cannot. */
export function sendPlainPage(
  response: ServerResponse,
  status: number,
  title: string,
  sentence: string,
): void {
  const bytes = Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem">
<h1>${htmlText(title)}</h1>
<p>${htmlText(sentence)}</p>
</body>
</html>
`);
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}

function htmlText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
