import { describe, expect, it } from 'vitest';
import {
  answerFailed,
  answerReceive,
  answerSend,
  answerWaiting,
} from '../../../renderer/overview/answers.ts';
import type { OwnNumber } from '../../../src/contract/modem.ts';
import { aMessage, aModem } from '../samples.ts';

const now = Date.UTC(2026, 5, 8, 13, 32, 6);
const locked = aModem({ id: '2', label: 'Front desk', state: 'locked' });
const nameless = aModem({ id: '3', label: null, number: null });

describe('Can I send?', () => {
  it('yes, when every modem can', () => {
    expect(answerSend([aModem()])).toEqual({ mark: 'yes', words: 'Yes', because: 'The modem is ready' });
    expect(answerSend([aModem(), aModem({ id: '2' })]).because).toBe('All 2 modems are ready');
  });

  it('from some, and why not from the others', () => {
    expect(answerSend([aModem(), locked])).toEqual({
      mark: 'yes',
      words: 'Yes, from 1 of 2',
      because: 'Front desk needs its PIN',
    });
    expect(answerSend([aModem(), locked, nameless]).because).toBe('Front desk needs its PIN, and 1 more');
  });

  it('not from a modem whose number is unknown', () => {
    expect(answerSend([nameless])).toEqual({
      mark: 'no',
      words: 'Not now',
      because: 'EC25-E (/dev/ttyUSB2) has no number yet',
    });
  });

  it('no, without a modem', () => {
    expect(answerSend([])).toMatchObject({ mark: 'no', words: 'No modem yet' });
  });
});

describe('Can I receive?', () => {
  it('also without a number; and tells when and where the last text came', () => {
    const last = aMessage({ direction: 'inbound', to: '+4915117730021' });
    expect(answerReceive([aModem(), nameless], last, now)).toEqual({
      mark: 'yes',
      words: 'Yes',
      because: 'Last text 2 min ago, on Alerts',
    });
  });

  it('not on one that is locked', () => {
    expect(answerReceive([aModem(), locked], null, now)).toEqual({
      mark: 'yes',
      words: 'Yes, on 1 of 2',
      because: 'Nothing received yet',
    });
  });
});

describe('What is waiting?', () => {
  const away: OwnNumber = {
    number: '+4915126604458',
    label: 'Front desk',
    online: false,
    modem_id: null,
    signal_dbm: null,
    operator: null,
    queue_depth: 6,
  };

  it('nothing', () => {
    expect(answerWaiting({ goingOut: 0, held: 0 }, []).words).toBe('Nothing');
  });

  it('what goes out, and what is held back for whom', () => {
    const answer = answerWaiting({ goingOut: 3, held: 6 }, [away]);
    expect(answer).toMatchObject({ words: '9 texts', because: '3 going out, 6 held back for Front desk' });
    expect(answer.link).toEqual({ screen: 'messages', filter: { status: 'queued' } });
  });

  it('blames no number for what waits elsewhere too', () => {
    expect(answerWaiting({ goingOut: 0, held: 7 }, [away]).because).toBe('7 held back');
  });
});

describe('What failed today?', () => {
  const failed = (word: string) => aMessage({ status: 'failed', failure_reason: `${word}: x` });

  it('nothing', () => {
    expect(answerFailed([])).toMatchObject({ mark: 'yes', words: 'Nothing' });
  });

  it('how many, and of what kinds', () => {
    const answer = answerFailed([
      failed('expired'),
      failed('recipient_unknown'),
      failed('recipient_unknown'),
      failed('something_new'),
    ]);
    expect(answer).toMatchObject({
      mark: 'failed',
      words: '4 texts',
      because: '2 with an unknown number, 1 expired',
    });
  });

  it('says that there are more than it looked at', () => {
    expect(answerFailed(Array.from({ length: 100 }, () => failed('expired'))).words).toBe(
      'More than 99 texts',
    );
  });
});
