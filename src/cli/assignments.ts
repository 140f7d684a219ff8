/**
 * What a person typed as `name=value`, as an object: a dot in a name goes one level down, a value is JSON where it can
 * be read as that, else a text. `limits.per_day=100 time_zone=Europe/Berlin` is `{limits: {per_day: 100}, time_zone:
 * "Europe/Berlin"}`.
 *
 * @throws Error that names what is no assignment
 */
export function readAssignments(typed: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const item of typed) {
    const [, name = '', value = ''] = /^([a-z_]+(?:\.[a-z_]+)?)=([\s\S]*)$/.exec(item) ?? [];
    if (name === '')
      throw new Error(`"${item}" is not of the form name=value, for example limits.per_day=100.`);
    const [outer = '', inner] = name.split('.');
    if (inner === undefined) found[outer] = readValue(value);
    else found[outer] = { ...(found[outer] as object | undefined), [inner]: readValue(value) };
  }
  return found;
}

/** Settings as lines of `name = value`, in the form in which they can be set. */
export function writeAssignments(settings: object, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? writeAssignments(value, `${prefix}${name}.`)
      : [`${prefix}${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
