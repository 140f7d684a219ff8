/** What udev knows of a device when it applies rules to it. */
export interface RuledDevice {
  readonly subsystem: 'usb' | 'tty' | 'net';
  readonly kernel: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
}

/** What rules did: properties that they set, `GROUP`, `MODE`, and the tags. */
export interface Ruled {
  readonly set: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

const condition = ['==', '!='];

/**
 * Applies rules as udev(7) says, for the keys that Postern's rules use. `IMPORT{builtin}="usb_id"` needs nothing here: what
 * it would set is among the properties. Parents are not known, so that a rule which looks at them fails.
 */
export function applyRules(text: string, device: RuledDevice, action = 'add'): Ruled {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const rules = lines.map(parse);
  const set: Record<string, string> = {};
  const tags: string[] = [];
  for (let at = 0; at < rules.length; at++) {
    const tokens = rules[at] ?? [];
    const holds = tokens
      .filter(({ operator }) => condition.includes(operator))
      .every(({ key, operator, value }) => {
        const found = foundFor(key, device, action);
        return value.split('|').some((pattern) => glob(pattern).test(found ?? '')) === (operator === '==');
      });
    if (!holds) continue;
    for (const { key, operator, value } of tokens.filter((token) => !condition.includes(token.operator))) {
      if (key === 'GOTO') at = labelOf(rules, value, at) - 1;
      else if (key === 'TAG' && operator === '+=') tags.push(value);
      else if (key.startsWith('ENV{') || key === 'GROUP' || key === 'MODE') set[key] = value;
      else if (key !== 'LABEL' && key !== 'IMPORT{builtin}') throw new Error(`unknown: ${key}${operator}`);
    }
  }
  return { set, tags };
}

interface Token {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}

function parse(line: string): Token[] {
  const tokens = [...line.matchAll(/([A-Z]+(?:\{\w+\})?)(==|!=|\+=|=)"([^"]*)"(?:, |$)/g)];
  if (tokens.map(([whole]) => whole).join('') !== line) throw new Error(`cannot be read: ${line}`);
  return tokens.map(([, key = '', operator = '', value = '']) => ({ key, operator, value }));
}

function labelOf(rules: readonly (readonly Token[])[], label: string, after: number): number {
  const at = rules.findIndex(
    (tokens, index) => index > after && tokens.some(({ key, value }) => key === 'LABEL' && value === label),
  );
  if (at < 0) throw new Error(`no label ${label} further down`);
  return at;
}

function foundFor(key: string, device: RuledDevice, action: string): string | undefined {
  const name = /\{(\w+)\}/.exec(key)?.[1] ?? '';
  if (key === 'ACTION') return action;
  if (key === 'SUBSYSTEM') return device.subsystem;
  if (key === 'KERNEL') return device.kernel;
  if (key.startsWith('ENV{')) return device.properties[name];
  if (key.startsWith('ATTR{')) return device.attributes?.[name];
  throw new Error(`unknown: ${key}`);
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
}
