import { describe, expect, test } from 'vitest';
import { type Import, importsOf, sourceFiles, textOf } from './imports.ts';

/** What a part of the house may import of the others; `types` lists what it may only know the types of. */
interface Wall {
  readonly files: RegExp;
  readonly ours: RegExp;
  readonly types?: RegExp;
  /** Packages and `node:` modules. */
  readonly packages: RegExp;
}

const none = /^$/;
const node = /^node:/;
const rootParts = 'src/(?:log|clock)\\.ts';

/** The first wall whose `files` fit a file holds for it. */
const walls: Readonly<Record<string, Wall>> = {
  octets: { files: /^src\/gsm\/octets\.ts$/, ours: none, packages: none },
  'gsm/pdu': { files: /^src\/gsm\/pdu\//, ours: /^src\/gsm\/(?:pdu\/|octets\.ts)/, packages: none },
  'gsm/at': { files: /^src\/gsm\/at\//, ours: /^src\/gsm\/(?:at\/|octets\.ts)/, packages: none },
  'gsm/ussd': {
    files: /^src\/gsm\/ussd\//,
    ours: /^src\/gsm\/(?:ussd\/|octets\.ts|pdu\/(?:gsm7|ucs2)\.ts)/,
    packages: none,
  },
  contract: { files: /^src\/contract\//, ours: /^src\/contract\//, packages: /^zod$/ },
  modem: {
    files: /^src\/modem\//,
    ours: new RegExp(`^(?:src/modem/|src/gsm/|${rootParts})`),
    packages: /^(?:node:|serialport$)/,
  },
  emulator: {
    files: /^src\/emulator\//,
    ours: /^src\/(?:emulator\/|gsm\/|clock\.ts|modem\/transport\.ts)/,
    packages: /^(?:node:|@lydell\/node-pty$)/,
  },
  store: {
    files: /^src\/store\//,
    ours: new RegExp(`^(?:src/store/|src/contract/|${rootParts})`),
    packages: /^(?:node:|better-sqlite3$|ulid$)/,
  },
  messages: {
    files: /^src\/messages\//,
    ours: new RegExp(`^(?:src/messages/|src/contract/|src/gsm/pdu/|${rootParts})`),
    types: /^src\/(?:modem|store)\//,
    packages: /^(?:node:|luxon$|libphonenumber-js$)/,
  },
  sims: {
    files: /^src\/sims\//,
    ours: new RegExp(`^(?:src/sims/|src/contract/|${rootParts})`),
    types: /^src\/(?:modem|store)\//,
    packages: node,
  },
  health: {
    files: /^src\/health\//,
    ours: new RegExp(`^(?:src/health/|src/contract/|${rootParts})`),
    types: /^src\/(?:modem|store)\//,
    packages: node,
  },
  views: {
    files: /^src\/views\//,
    ours: new RegExp(`^(?:src/views/|src/contract/|${rootParts})`),
    types: /^src\/(?:modem|store)\//,
    packages: node,
  },
  metrics: {
    files: /^src\/metrics\//,
    ours: new RegExp(`^(?:src/metrics/|src/contract/|${rootParts})`),
    types: /^src\/store\//,
    packages: /^(?:node:|prom-client$)/,
  },
  tls: { files: /^src\/tls\//, ours: /^src\/(?:tls\/|clock\.ts)/, packages: /^(?:node:|selfsigned$)/ },
  panel: {
    files: /^src\/panel\//,
    ours: new RegExp(`^(?:src/panel/|src/contract/|${rootParts})`),
    types: /^src\/(?:modem|store|views)\//,
    packages: node,
  },
  webhooks: {
    files: /^src\/webhooks\//,
    ours: new RegExp(`^(?:src/webhooks/|src/contract/|${rootParts})`),
    types: /^src\/store\//,
    packages: /^(?:node:|ulid$)/,
  },
  api: {
    files: /^src\/api\//,
    ours: new RegExp(`^(?:src/api/|src/contract/|src/gsm/pdu/|${rootParts})`),
    types: /^src\//,
    packages: /^(?:node:|express$|helmet$|zod$|csv-parse$)/,
  },
  smpp: {
    files: /^src\/smpp\//,
    ours: new RegExp(`^(?:src/smpp/|src/contract/|src/gsm/pdu/|${rootParts})`),
    types: /^src\/(?:messages|store)\//,
    packages: /^(?:node:|smpp$)/,
  },
  mail: {
    files: /^src\/mail\//,
    ours: new RegExp(`^(?:src/mail/|src/contract/|${rootParts})`),
    types: /^src\/(?:messages|store)\//,
    packages: /^(?:node:|smtp-server$|mailparser$|nodemailer$)/,
  },
  'command line': {
    files: /^src\/(?:cli\/|cli\.ts$)/,
    ours: /^src\/(?:tls\/|cli\/|contract\/|gsm\/pdu\/|store\/|emulator\/|gateway\.ts|config\.ts|port-wishes\.ts|port-access\/|clock\.ts|log\.ts|modem\/(?:discovery\/|iccid\.ts))/,
    packages: /^(?:node:|commander$|zod$)/,
  },
  'port access': {
    files: /^src\/port-access\//,
    ours: /^src\/(?:port-access\/|contract\/|modem\/discovery\/(?:modem-rules|system-folders)\.ts)/,
    packages: node,
  },
  'log and clock': {
    files: /^src\/(?:log|log-tail|clock)\.ts$/,
    ours: none,
    packages: /^(?:node:|pino|pino-pretty)/,
  },
  configuration: {
    files: /^src\/(?:config|modem-spec|port-wishes)\.ts$/,
    ours: /^src\/(?:contract\/|config\.ts|modem-spec\.ts)/,
    packages: /^(?:node:|zod$|env-paths$)/,
  },
  gateway: { files: /^src\/gateway(?:\.ts$|\/)/, ours: /^src\//, packages: node },
  backend: {
    files: /^electron\/backend\.ts$/,
    ours: /^(?:electron\/|src\/(?:gateway|config)\.ts|src\/contract\/)/,
    packages: /^(?:node:|electron$)/,
  },
  electron: {
    files: /^electron\//,
    ours: /^(?:electron\/|src\/contract\/|src\/port-access\/|src\/config\.ts$)/,
    packages: /^(?:node:|electron$)/,
  },
  renderer: {
    files: /^renderer\//,
    ours: /^(?:renderer\/|src\/contract\/|src\/gsm\/pdu\/)/,
    packages: /^(?!node:|electron$|serialport$|better-sqlite3$|express$)/,
  },
};

const files = ['src', 'electron', 'renderer'].flatMap(sourceFiles);

function isAllowed(wall: Wall, found: Import): boolean {
  if (!found.ours) return wall.packages.test(found.to);
  return wall.ours.test(found.to) || (found.typeOnly && (wall.types?.test(found.to) ?? false));
}

function wallOf(file: string): Wall | undefined {
  return Object.values(walls).find((wall) => wall.files.test(file));
}

describe('the walls of the house', () => {
  test('every file stands within one', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !wallOf(file))).toEqual([]);
  });

  test.each(Object.entries(walls))('%s imports only what it may', (_, wall) => {
    const within = files.filter((file) => wallOf(file) === wall);
    expect(within).not.toEqual([]);
    const breaches = within.flatMap(importsOf).filter((found) => !isAllowed(wall, found));
    expect(breaches.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test.each([
    ['better-sqlite3', /^src\/store\/database\.ts$/],
    ['serialport', /^src\/modem\/(?:serial-transport|discovery\/system-port)\.ts$/],
    ['electron', /^electron\//],
    ['smtp-server', /^src\/mail\/listener\.ts$/],
    ['mailparser', /^src\/mail\/mail-text\.ts$/],
    ['nodemailer', /^src\/mail\/mail-server\.ts$/],
    ['smpp', /^src\/smpp\/pdu\.ts$/],
    ['@lydell/node-pty', /^src\/emulator\//],
    ['selfsigned', /^src\/tls\//],
    ['prom-client', /^src\/metrics\//],
    ['csv-parse', /^src\/api\/csv\//],
  ])('%s is known in its one place', (name, place) => {
    const importers = files.filter((file) => importsOf(file).some(({ to }) => to === name));
    expect(importers).not.toEqual([]);
    expect(importers.filter((file) => !place.test(file))).toEqual([]);
  });

  test('the test itself sees what is imported', () => {
    const seen = importsOf('src/messages/segment-choice.ts');
    expect(seen).toContainEqual({
      from: 'src/messages/segment-choice.ts',
      to: 'src/store/outbound-store.ts',
      ours: true,
      typeOnly: true,
    });
    expect(seen.find(({ to }) => to === 'src/gsm/pdu/index.ts')?.typeOnly).toBe(false);
    expect(
      isAllowed(walls['gsm/pdu'] as Wall, {
        from: 'x',
        to: 'src/gsm/at/exchange.ts',
        ours: true,
        typeOnly: true,
      }),
    ).toBe(false);
    expect(
      isAllowed(walls.messages as Wall, {
        from: 'x',
        to: 'src/store/database.ts',
        ours: true,
        typeOnly: false,
      }),
    ).toBe(false);
  });
});

describe('names and sources', () => {
  const forbidden = /(?:^|\/)(?:utils?|helpers?|common|shared|core|services|managers?|misc)(?:\/|\.[a-z]+$)/;

  test('no folder or file is a drawer for everything', () => {
    const all = [...files, ...sourceFiles('test')];
    expect(all.filter((file) => forbidden.test(file))).toEqual([]);
  });

  test('the pure folders know no clock, no randomness and no Buffer', () => {
    const impure = /\bBuffer\b|\bprocess\.|\bsetTimeout\b|\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)/;
    const pure = files.filter((file) => file.startsWith('src/gsm/') || file.startsWith('src/contract/'));
    expect(pure.filter((file) => impure.test(withoutComments(textOf(file))))).toEqual([]);
  });

  test('nothing is left to do later', () => {
    const later = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
    expect(files.filter((file) => later.test(textOf(file)))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
