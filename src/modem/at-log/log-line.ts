/** What passed: written by the gateway, come from the modem, or a word about the port itself. */
export type LogDirection = 'out' | 'in' | 'port';

/** Where in a line a text stands that belongs to people: from the first character up to, not including, the second. */
export type BodySpan = readonly [start: number, end: number];

/** One line between a gateway and a modem, with its PINs masked already. */
export interface LogLine {
  /** Grows from line to line over all modems, and from run to run. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly port: string;
  readonly direction: LogDirection;
  /** Without its line end; control characters stand in angle brackets. */
  readonly text: string;
  readonly body: BodySpan | undefined;
}

/** The line with the text in it hidden. */
export function withoutBody(line: LogLine): LogLine {
  if (!line.body) return line;
  const [start, end] = line.body;
  const text = `${line.text.slice(0, start)}[${end - start} characters]${line.text.slice(end)}`;
  return { ...line, text, body: undefined };
}
