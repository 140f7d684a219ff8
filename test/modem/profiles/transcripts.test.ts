import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/modem/profiles/index.ts';
import { dialogueOf } from '../../transcripts/replay.ts';
import { transcript } from '../../transcripts/transcripts.ts';
import { FleetBench } from '../fleet-bench.ts';
import { ScriptedPort } from '../scripted-port.ts';

const imei = '490154203237518';

/** What every modem can be expected to answer: recordings hold only what was remarkable about one. */
const common: Readonly<Record<string, string>> = {
  AT: 'OK',
  ATE0: 'OK',
  ATV1Q0: 'OK',
  'AT+CMEE=1': 'OK',
  'AT+CGSN': `${imei}\nOK`,
  'AT+CIMI': '001010123456789\nOK',
  'AT+CCID': '+CCID: "8900100000155500019"\nOK',
  'AT+CPIN?': '+CPIN: READY\nOK',
  'AT+CMGF=0': 'OK',
  'AT+CMGF?': '+CMGF: 0\nOK',
  'AT+CMGL=4': 'OK',
  'AT+CREG?': '+CREG: 0,1\nOK',
  'AT+COPS?': '+COPS: 0,0,"Network"\nOK',
  'AT+CSQ': '+CSQ: 18,99\nOK',
};

/**
 * A modem that answers each command as those of its transcripts did, time after time; then as every modem does, or as
 * they did last. It refuses what neither they nor any other has.
 */
class RecordedModem extends ScriptedPort {
  readonly #recorded = new Map<string, string[]>();
  readonly #common: Readonly<Record<string, string>>;

  constructor(ids: readonly string[], besides: Readonly<Record<string, string>>) {
    super();
    this.#common = { ...common, ...besides };
    for (const id of ids) {
      for (const { command, answer, afterText } of dialogueOf(transcript(id)).turns) {
        if (afterText !== undefined) continue;
        this.#recorded.set(command, [...(this.#recorded.get(command) ?? []), answer]);
      }
    }
  }

  override async write(octets: string): Promise<void> {
    await super.write(octets);
    if (!octets.startsWith('AT')) return;
    const command = octets.replace(/\r$/, '');
    queueMicrotask(() => this.says(this.#answer(command)));
  }

  #answer(command: string): string {
    const recorded = this.#recorded.get(command) ?? [];
    const ordinary = this.#common[command];
    if (recorded.length === 1 && ordinary === undefined) return recorded[0] ?? '';
    const once = recorded.shift();
    if (once !== undefined) return once;
    const lines = (ordinary ?? 'ERROR').split('\n');
    return lines.map((line) => `\r\n${line}\r\n`).join('');
  }
}

const path = 'recorded';

/** Brings the recorded modem up as a real one; what it came to. */
async function broughtUp(ids: readonly string[], besides: Readonly<Record<string, string>> = {}) {
  const bench = new FleetBench();
  const port = new RecordedModem(ids, besides);
  bench.fleet.add({
    path,
    baudRate: 115_200,
    emulated: false,
    open: async () => port,
    hints: { number: '+15550001111', pin: '0000' },
    found: false,
  });
  const facts = await bench.reaches(path, 'ready');
  return { facts, written: port.written.map((octets) => octets.replace(/\r$/, '')) };
}

/** The last of the commands of this kind, which is the one that was accepted. */
const lastOf = (written: readonly string[], prefix: string) =>
  written.findLast((command) => command.startsWith(prefix) && !command.endsWith('?'));

/** What was settled before the notices: later the stores are read one after the other. */
const untilNotices = (written: readonly string[]) => written.slice(0, written.indexOf('AT+CNMI=?'));

interface Expected {
  readonly family: Family;
  readonly stores?: string;
  readonly notices?: string;
}

const accepts = (...commands: string[]) => Object.fromEntries(commands.map((command) => [command, 'OK']));

describe('a modem of a transcript is brought up', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, Expected]>([
    [
      'Wavecom: two stores, blanks before its name, no OK behind its PIN state',
      ['wavecom-q-init'],
      {},
      { family: 'wavecom', stores: 'AT+CPMS="SM","SM"', notices: 'AT+CNMI=2,1,0,2' },
    ],
    [
      'Wavecom that is only starting: 515 until it is',
      ['wavecom-q-init', 'wavecom-q-cfun'],
      {},
      { family: 'wavecom', stores: 'AT+CPMS="SM","SM"' },
    ],
    [
      'Huawei K3715 with the notices of another Huawei',
      ['huawei-k3715-init', 'huawei-cdsi-in-command'],
      accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0'),
      { family: 'huawei', stores: 'AT+CPMS="ME","ME","ME"', notices: 'AT+CNMI=2,1,0,1,0' },
    ],
    [
      'Huawei E1752, which says COMMAND NOT SUPPORT',
      ['huawei-e1752-init'],
      {
        ...accepts('AT+CPMS="SM","SM","SM"', 'AT+CNMI=2,1,0,2,0'),
        'AT+CPMS=?': 'COMMAND NOT SUPPORT',
        'AT+CNMI=?': 'COMMAND NOT SUPPORT',
      },
      { family: 'huawei', stores: 'AT+CPMS="SM","SM","SM"', notices: 'AT+CNMI=2,1,0,2,0' },
    ],
    [
      'Huawei E1752 whose text service is down for a moment after its PIN',
      ['huawei-e1752-pin-cmms'],
      {
        ...accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0', 'AT+CPIN="0000"'),
        'AT+CGMI': 'huawei\nOK',
      },
      { family: 'huawei', notices: 'AT+CNMI=2,1,0,1,0' },
    ],
    [
      'Brovi, which takes exactly three stores and answers with OK alone',
      ['brovi-e3372-325-cpms'],
      { ...accepts('AT+CNMI=2,1,0,2,0'), 'AT+CGMI': 'BROVI\nOK', 'AT+CGMM': 'E3372-325\nOK' },
      { family: 'huawei', stores: 'AT+CPMS="SM","SM","SM"' },
    ],
    [
      'ZTE K3565-Z, which answers a reading as if it were a test',
      ['zte-k3565z-init'],
      accepts('AT+CPMS="SM","SM","SM"', 'AT+CNMI=1,1,0,2,0'),
      { family: 'zte', notices: 'AT+CNMI=1,1,0,2,0' },
    ],
    [
      'Qualcomm M6280, which is busy for long after its PIN',
      ['qualcomm-m6280-init'],
      { ...accepts('AT+CPMS="SM","SM","SM"', 'AT+CNMI=1,1,0,1,0'), 'AT+CGMI': 'QUALCOMM INCORPORATED\nOK' },
      { family: 'zte', notices: 'AT+CNMI=1,1,0,1,0' },
    ],
    [
      'SIM800: reports only handed over',
      ['sim800l-cnmi', 'sim800c-init'],
      { ...accepts('AT+CPMS="SM","SM","SM"'), 'AT+CGMM': 'SIMCOM_SIM800C\nOK' },
      { family: 'simcom-gsm', notices: 'AT+CNMI=2,1,0,1,0' },
    ],
    [
      'SIM7600 with errors in words',
      ['sim7600-csq-fmt'],
      {
        ...accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,2,0'),
        'AT+CGMI': 'SIMCOM INCORPORATED\nOK',
        'AT+CNMI=?': '+CME ERROR: Operation not supported',
      },
      { family: 'simcom-lte', notices: 'AT+CNMI=2,1,0,2,0' },
    ],
    [
      'Quectel EC25: reports handed over, though it offers to store them',
      ['ec25-cmti-me'],
      {
        ...accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0', 'AT+CNMI=2,1,0,2,0'),
        'AT+CGMI': 'Quectel\nOK',
        'AT+CGMM': 'EC25\nOK',
        'AT+CNMI=?': '+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)\nOK',
      },
      { family: 'quectel', notices: 'AT+CNMI=2,1,0,1,0' },
    ],
    [
      'Siemens MC35i: nothing arrives in ME, and the buffer must be cleared',
      ['mc35i-init', 'mc75i-init'],
      accepts('AT+CPMS="SM","SM","SM"'),
      { family: 'cinterion', stores: 'AT+CPMS="SM","SM","SM"', notices: 'AT+CNMI=2,1,0,2,1' },
    ],
    [
      'Telit HE910, whose reports only come handed over',
      ['he910-id', 'he910-cpms'],
      accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0', 'AT+CNMI=2,1,0,2,0'),
      { family: 'telit', notices: 'AT+CNMI=2,1,0,1,0' },
    ],
    [
      'u-blox SARA-G450 with errors in words',
      ['sara-g450-verbose'],
      {
        ...accepts('AT+CPMS="SM","SM","SM"', 'AT+CNMI=2,1,0,1,0'),
        'AT+CGMI': 'u-blox\nOK',
        'AT+CGMM': 'SARA-G450\nOK',
        'AT+CFUN?': '+CME ERROR: Operation not allowed',
      },
      { family: 'u-blox' },
    ],
    [
      'Sierra MC7354, as its list of commands tells it',
      [],
      {
        ...accepts('AT+CPMS="SM","SM","SM"', 'AT+CNMI=1,1,0,1,0'),
        'AT+CGMI': 'Sierra Wireless, Incorporated\nOK',
        'AT+CGMM': 'MC7354\nOK',
        'AT!ICCID?': '!ICCID: 89001000001555000192\nOK',
      },
      { family: 'sierra', notices: 'AT+CNMI=1,1,0,1,0' },
    ],
    [
      'of no known make, with reports in a store of their own',
      ['dwm156-cdsi-sr'],
      accepts('AT+CPMS="SR","ME"', 'AT+CNMI=2,1,0,2,0'),
      { family: 'generic', notices: 'AT+CNMI=2,1,0,2,0' },
    ],
    [
      'of Ai-Thinker, with no blank behind the colon of its errors',
      ['a7-ai-thinker'],
      { ...accepts('AT+CPMS="SM","SM","SM"'), 'AT+CNMI=?': '+CME ERROR:53' },
      { family: 'generic' },
    ],
  ])('%s', async (_, ids, besides, { family, stores, notices }) => {
    const { facts, written } = await broughtUp(ids, besides);
    expect(facts).toMatchObject({ state: 'ready', imei, profile: { family } });
    if (stores) expect(lastOf(untilNotices(written), 'AT+CPMS="')).toBe(stores);
    if (notices) expect(lastOf(written, 'AT+CNMI=')).toBe(notices);
  });

  it('(and its PIN is entered once where the transcript asks for one)', async () => {
    const { written } = await broughtUp(['huawei-e1752-pin-cmms'], {
      ...accepts('AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,1,0', 'AT+CPIN="0000"'),
      'AT+CGMI': 'huawei\nOK',
    });
    expect(written.filter((command) => command.startsWith('AT+CPIN='))).toEqual(['AT+CPIN="0000"']);
  });
});
