import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ModemCard } from '../../../renderer/overview/modem-card.tsx';
import { makeOf } from '../../../renderer/overview/modem-words.ts';
import { english } from '../../../renderer/texts/en.ts';
import { type ModemView, modemStates } from '../../../src/contract/modem.ts';
import { aModem } from '../samples.ts';

const wordsOf = (modem: ModemView) =>
  renderToStaticMarkup(<ModemCard modem={modem} />)
    .replace(/<\/(?:h3|p|dt|dd|b|span)>/g, ' ')
    .replace(/<[^>]*>/g, '');

it('tells all there is to know at a glance', () => {
  const words = wordsOf(aModem({ queue_depth: 6, emulated: true }));
  for (const part of [
    'Alerts',
    'Ready',
    'Quectel EC25-E, emulated',
    '−67 dBm',
    'strong',
    'LTE',
    'Telekom.de, home',
  ]) {
    expect(words).toContain(part);
  }
  expect(words).toContain('Waiting 6');
  expect(words).toContain('/dev/ttyUSB2');
  expect(words).toContain('Last sent never');
});

it.each(modemStates)('has a word for the state %s', (state) => {
  expect(wordsOf(aModem({ state }))).toContain(english[`state.${state}`]);
});

it('warns of a weak signal while the modem is ready, and only then', () => {
  expect(wordsOf(aModem({ signal_dbm: -107 }))).toContain('Weak signal');
  expect(wordsOf(aModem({ signal_dbm: -107, state: 'registering' }))).not.toContain('Weak signal');
});

it('says what a modem lacks instead of showing a gap', () => {
  const bare = aModem({
    label: null,
    manufacturer: null,
    model: null,
    number: null,
    iccid: null,
    imsi: null,
    operator: null,
    technology: null,
    registration: null,
    signal_dbm: null,
    state: 'opening',
  });
  const words = wordsOf(bare);
  for (const part of ['/dev/ttyUSB2', 'No number yet', 'Unknown make', 'No signal reading', 'Not read yet']) {
    expect(words).toContain(part);
  }
});

it('says what the SIM waits for', () => {
  const problem = { code: 'puk_needed', message: 'x' } as const;
  expect(wordsOf(aModem({ state: 'locked', problem }))).toContain('SIM Needs its PUK');
});

it('counts what left today as sent, whatever became of it', () => {
  const today = { sent: 2, delivered: 9, failed: 1, received: 4 };
  const words = renderToStaticMarkup(<ModemCard modem={aModem()} today={today} />).replace(/<[^>]*>/g, ' ');
  expect(words.replace(/\s+/g, ' ')).toContain('sent 11 delivered 9 failed 1 received 4');
});

it('calls a make as people do', () => {
  const makes: readonly (readonly [maker: string, model: string, words: string])[] = [
    ['Sierra Wireless, Incorporated', 'MC7304', 'Sierra Wireless MC7304'],
    ['SIMCOM INCORPORATED', 'SIMCOM_SIM7600E-H', 'SIMCOM SIM7600E-H'],
    ['huawei', 'E173', 'Huawei E173'],
    ['Quectel', 'EC25', 'Quectel EC25'],
  ];
  for (const [manufacturer, model, words] of makes) {
    expect(makeOf({ manufacturer, model })).toBe(words);
  }
  expect(makeOf({ manufacturer: null, model: null })).toBe('');
});
