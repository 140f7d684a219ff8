const methods = ['get', 'all', 'run'] as const;

type Perform = (...values: unknown[]) => unknown;

/** A prepared statement, as far as it is performed. */
interface Performing extends Record<(typeof methods)[number], (...values: never[]) => unknown> {
  readonly readonly: boolean;
}

/** Whether SQLite says that a page of the file is not what it must be. */
export function speaksOfDamage(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
}

/**
 * Lets `judge` see each error of a statement, and throws what it makes of it; a statement that writes asks `refusal`
 * first, and is not performed where that gives one.
 */
export function watched<Prepared extends Performing>(
  statement: Prepared,
  judge: (error: unknown) => unknown,
  refusal: () => Error | undefined,
): Prepared {
  for (const method of methods) {
    const perform = statement[method].bind(statement) as Perform;
    const value = (...values: unknown[]) => {
      const refused = statement.readonly ? undefined : refusal();
      if (refused) throw refused;
      try {
        return perform(...values);
      } catch (error) {
        throw judge(error);
      }
    };
    Object.defineProperty(statement, method, { value, writable: true, configurable: true });
  }
  return statement;
}
