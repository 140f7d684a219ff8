/** One value of an extended command: a number, a bare word or a string constant (V.250 5.4.2). */
interface Value {
  readonly text: string;
  readonly quoted: boolean;
}

/** A value that is missing, not a number or out of its range; the command answers with its family's error. */
export class InvalidParameter extends Error {
  constructor(index: number) {
    super(`value ${index + 1} is missing or out of range`);
    this.name = 'InvalidParameter';
  }
}

/** The values behind the `=` of an extended command; an omitted one leaves its place empty. */
export class Parameters {
  readonly #values: readonly (Value | undefined)[];

  constructor(values: readonly (Value | undefined)[]) {
    this.#values = values;
  }

  get count(): number {
    return this.#values.length;
  }

  has(index: number): boolean {
    return this.#values[index] !== undefined;
  }

  /** The text of value `index`, quoted or not; `fallback` stands in for an omitted one. */
  text(index: number, fallback?: string): string {
    const text = this.#values[index]?.text ?? fallback;
    if (text === undefined) throw new InvalidParameter(index);
    return text;
  }

  /** A whole number among `allowed`; quoted digits are refused, as the standard's grammar does. */
  integer(
    index: number,
    allowed: readonly number[] | { from: number; to: number },
    fallback?: number,
  ): number {
    const value = this.#values[index];
    if (value === undefined && fallback !== undefined) return fallback;
    if (value === undefined || value.quoted || !/^\d{1,9}$/.test(value.text))
      throw new InvalidParameter(index);
    const number = Number(value.text);
    const fits =
      'from' in allowed ? number >= allowed.from && number <= allowed.to : allowed.includes(number);
    if (!fits) throw new InvalidParameter(index);
    return number;
  }
}

/** Splits what stands behind `=` at commas outside quotes; undefined when a quote is never closed. */
export function parseParameters(source: string): Parameters | undefined {
  const values: (Value | undefined)[] = [];
  let rest = source;
  for (;;) {
    const match = /^ *(?:"([^"]*)"|([^",]*?)) *(,|$)/.exec(rest);
    if (!match) return undefined;
    values.push(valueFrom(match[1], match[2]));
    if (match[3] === '') return new Parameters(values);
    rest = rest.slice(match[0].length);
  }
}

function valueFrom(quoted: string | undefined, bare: string | undefined): Value | undefined {
  if (quoted !== undefined) return { text: quoted, quoted: true };
  return bare ? { text: bare, quoted: false } : undefined;
}
