import { describe, expect, it } from 'vitest';
import { readManufacturer, readModel } from '../../../src/gsm/at/commands.ts';
import { type Family, profileFor, profiles } from '../../../src/modem/profiles/index.ts';
import { answersTo, transcript } from '../../transcripts/transcripts.ts';

const said = (manufacturer?: string, model?: string, usbVendor?: string) =>
  profileFor({ manufacturer, model, usbVendor }).family;

/** What a modem of a transcript answers to who it is, read as a session reads it. */
function readIn(id: string, command: typeof readManufacturer): string | undefined {
  const lines = answersTo(transcript(id), command.text)[0] ?? [];
  return command.parse(lines.filter((line) => line !== 'OK' && line !== command.text));
}

describe('a modem is recognised by what it says of itself', () => {
  it.each<[string, Family]>([
    ['wavecom-q-init', 'wavecom'],
    ['huawei-k3715-init', 'huawei'],
    ['huawei-e1752-init', 'huawei'],
    ['zte-k3565z-init', 'zte'],
    ['zte-mf180-init', 'zte'],
    ['zte-mf710-init', 'zte'],
    ['mc35i-init', 'cinterion'],
    ['he910-id', 'telit'],
  ])('in the transcript %s', (id, family) => {
    expect(said(readIn(id, readManufacturer), readIn(id, readModel))).toBe(family);
  });

  it.each<[string, string, Family]>([
    ['huawei', 'E3372', 'huawei'],
    ['BROVI', 'E3372-325', 'huawei'],
    ['QUALCOMM INCORPORATED', 'M6280', 'zte'],
    ['Quectel', 'EC25', 'quectel'],
    ['Quectel_Ltd', 'Quectel_M95', 'quectel'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM800L', 'simcom-gsm'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM900', 'simcom-gsm'],
    ['SIMCOM INCORPORATED', 'SIMCOM_SIM7600G-H', 'simcom-lte'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM7070', 'simcom-lte'],
    ['SIMCOM INCORPORATED', 'SIMCOM_SIM8200EA', 'simcom-lte'],
    ['INCORPORATED', 'A7670E-LNXY', 'simcom-lte'],
    ['Telit', 'LE910C1-EU', 'telit'],
    ['u-blox', 'SARA-G450', 'u-blox'],
    ['Sierra Wireless, Incorporated', 'MC7455', 'sierra'],
    ['Sierra Wireless', 'Fastrack Xtend', 'wavecom'],
    ['Cinterion', 'EHS6', 'cinterion'],
    ['SIEMENS', 'TC35', 'cinterion'],
    ['Gemalto M2M', 'PLS8-E', 'cinterion'],
    ['WAVECOM MODEM', 'MULTIBAND  900E  1800', 'wavecom'],
    ['MultiTech Systems', 'MTCBA-G-F4', 'wavecom'],
    ['Postern', 'Emulated Modem', 'generic'],
    ['D-Link', 'DWM-156', 'generic'],
  ])('%s %s', (manufacturer, model, family) => {
    expect(said(manufacturer, model)).toBe(family);
  });

  it('and by its USB vendor only where it says nothing', () => {
    expect(said(undefined, undefined, '12D1')).toBe('huawei');
    expect(said(undefined, undefined, '1e0e')).toBe('simcom-lte');
    expect(said('Postern', undefined, '12d1')).toBe('generic');
    expect(said(undefined, undefined, 'ffff')).toBe('generic');
    expect(said()).toBe('generic');
  });
});

describe('every profile', () => {
  it.each(profiles.map((profile) => [profile.family, profile] as const))(
    '%s restarts by a command and names no command without its reason',
    (_, { resets, initial, signs, service }) => {
      expect(resets.length).toBeGreaterThan(0);
      expect(initial.every(({ text, because }) => text.startsWith('AT') && because.length > 10)).toBe(true);
      expect(signs.length).toBeGreaterThan(0);
      expect(service.waitMs).toBeGreaterThanOrEqual(20_000);
    },
  );

  it('sets nothing that outlives the power', () => {
    const lasting = /&W|\^SETPORT|\^U2DIAG|\^SYSCFG|\+QCFG|\+CNMP|\+COPS|\+ZCDRUN|\+IPR/;
    for (const { initial } of profiles) expect(initial.filter(({ text }) => lasting.test(text))).toEqual([]);
  });
});
