import type { ReactNode } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { dbmText, signalOf } from '../elements/signal.ts';
import { SignalBars } from '../elements/signal-bars.tsx';
import { When } from '../elements/when.tsx';
import { RouteLink } from '../shell/route-link.tsx';
import { type TextKey, text } from '../texts/text.ts';
import type { Counts } from './day-counts.ts';
import styles from './modem-card.module.css';
import { ModemState } from './modem-state.tsx';
import { makeOf, modemTitle, networkWords, simWords } from './modem-words.ts';

interface ModemCardProps {
  readonly modem: ModemView;
  /** What became of its texts today; undefined while that is not known. */
  readonly today?: Counts | undefined;
}

/** One modem at a glance. */
export function ModemCard({ modem, today }: ModemCardProps) {
  const sim = simWords(modem);
  return (
    <article className={styles.modem} data-modem={modem.id}>
      <div className={styles.head}>
        <h3>
          <RouteLink to={{ screen: 'modem', id: modem.id, tab: 'health' }}>{modemTitle(modem)}</RouteLink>
        </h3>
        <ModemState modem={modem} />
      </div>
      <p className={styles.number}>
        {modem.number === null ? text(unnumbered(modem)) : <PhoneNumber number={modem.number} />}
      </p>
      <p className={styles.make}>
        <span title={makeWords(modem)}>{makeWords(modem)}</span>
        <code>{modem.port}</code>
      </p>
      <Signal modem={modem} />
      <dl className={styles.facts}>
        <Fact name={text('modem.network')}>{networkWords(modem)}</Fact>
        <Fact name={text('modem.sim')} needsPerson={sim.needsPerson}>
          {sim.words}
        </Fact>
        <Fact name={text('modem.waiting')}>{modem.queue_depth.toLocaleString()}</Fact>
        <Fact name={text('modem.last_sent')}>
          <Moment at={modem.last_sent_at} />
        </Fact>
        <Fact name={text('modem.last_received')}>
          <Moment at={modem.last_received_at} />
        </Fact>
        {modem.state === 'absent' && modem.last_seen_at && (
          <Fact name={text('modem.last_seen')}>
            <When at={modem.last_seen_at} as="relative" />
          </Fact>
        )}
      </dl>
      <Today counts={today} />
    </article>
  );
}

function Signal({ modem }: { readonly modem: ModemView }) {
  if (modem.signal_dbm === null) {
    return (
      <p className={styles.signal}>
        <SignalBars bars={0} />
        <span className={styles.soft}>{text('modem.no_signal')}</span>
      </p>
    );
  }
  const { band, bars, word } = signalOf(modem.signal_dbm);
  return (
    <p className={styles.signal} data-band={band}>
      <SignalBars bars={bars} />
      <b>{dbmText(modem.signal_dbm)}</b>
      <span className={styles.soft}>{text(word)}</span>
      <span className={styles.technology}>{modem.technology}</span>
    </p>
  );
}

function Moment({ at }: { readonly at: string | null }) {
  return at === null ? (
    <span className={styles.none}>{text('modem.never')}</span>
  ) : (
    <When at={at} as="relative" />
  );
}

const kinds = ['sent', 'delivered', 'failed', 'received'] as const;

/** What left today is counted as sent, whatever became of it after that. */
function Today({ counts }: { readonly counts: Counts | undefined }) {
  const shown = counts && { ...counts, sent: counts.sent + counts.delivered };
  return (
    <dl className={styles.today} aria-label={text('modem.today')}>
      {kinds.map((kind) => (
        <div key={kind} data-failed={(kind === 'failed' && shown && shown.failed > 0) || undefined}>
          <dt>{text(`today.${kind}`)}</dt>
          <dd>{shown ? shown[kind].toLocaleString() : '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly needsPerson?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, needsPerson = false, children }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd data-attention={needsPerson || undefined}>{children}</dd>
    </>
  );
}

function unnumbered({ state }: ModemView): TextKey {
  return state === 'locked' ? 'modem.number_locked' : 'modem.number_missing';
}

/** "Quectel EC25-E, emulated"; the model alone where it is the card's title already. */
function makeWords(modem: ModemView): string {
  const make = makeOf(modem.label === null ? { ...modem, model: null } : modem);
  const words = make || text('modem.unknown_maker');
  return modem.emulated ? `${words}, ${text('modem.emulated')}` : words;
}
