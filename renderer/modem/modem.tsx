import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { modemsQuery } from '../api/queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { PhoneNumber } from '../elements/phone-number.tsx';
import { dbmText, signalOf } from '../elements/signal.ts';
import { SignalBars } from '../elements/signal-bars.tsx';
import { ModemState } from '../overview/modem-state.tsx';
import { networkWords } from '../overview/modem-words.ts';
import { goTo, modemTabs, type Route } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { TopActions } from '../shell/slots.tsx';
import { Tabs } from '../shell/tabs.tsx';
import { text } from '../texts/text.ts';
import { AtConsole } from './at-console.tsx';
import { AtLog } from './at-log.tsx';
import { Health } from './health.tsx';
import styles from './modem.module.css';
import { ModemActions } from './modem-actions.tsx';
import { ModemProblems } from './modem-problems.tsx';
import { ModemSettings } from './modem-settings.tsx';
import { Ussd } from './ussd.tsx';

type ModemRoute = Extract<Route, { screen: 'modem' }>;

/**
 * One modem: how it is, and all that can be done with it. Until its IMEI was read it is known by its port: whoever came by
 * that name is led on, and whoever looks at a modem while the gateway starts anew stays with it.
 */
export function Modem({ route }: { readonly route: ModemRoute }) {
  const { data: modems, error, refetch } = useQuery(modemsQuery);
  const modem = useModemShown(route.id, modems);
  const renamed = modem ? undefined : modems?.find(({ port }) => port === route.id)?.id;
  useEffect(() => {
    if (renamed !== undefined) goTo({ ...route, id: renamed }, 'replace');
  }, [route, renamed]);
  if (!modems) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <ToCome />;
  if (!modem) return <Unknown />;
  return (
    <>
      <TopActions>
        <ModemActions key={route.id} modem={modem} />
      </TopActions>
      <Head modem={modem} />
      <Tabs
        label={text('modem.tabs')}
        tabs={modemTabs.map((tab) => ({ title: text(`modem_tab.${tab}`), to: { ...route, tab } }))}
        drawn={route}
      />
      <ModemProblems modem={modem} />
      <Tab modem={modem} route={route} />
    </>
  );
}

/** The modem of that id, or the one not asked for its IMEI yet at the port where the modem of that id was last seen. */
function useModemShown(shown: string, modems: readonly ModemView[] | undefined): ModemView | undefined {
  const lastSeen = useRef<ModemView>(undefined);
  const found = modems?.find(({ id }) => id === shown);
  const place = lastSeen.current?.id === shown ? lastSeen.current.port : undefined;
  useEffect(() => {
    if (found) lastSeen.current = found;
  }, [found]);
  return found ?? modems?.find(({ imei, port }) => imei === null && port === place);
}

function Tab({ modem, route }: { readonly modem: ModemView; readonly route: ModemRoute }) {
  switch (route.tab) {
    case 'health':
      return <Health modem={modem} />;
    case 'log':
      return <AtLog key={modem.id} modem={modem} />;
    case 'console':
      return <AtConsole key={route.id} name={route.id} modem={modem} />;
    case 'ussd':
      return <Ussd key={route.id} name={route.id} modem={modem} />;
    case 'settings':
      return <ModemSettings key={route.id} modem={modem} />;
  }
}

function Head({ modem }: { readonly modem: ModemView }) {
  const signal = modem.signal_dbm === null ? undefined : signalOf(modem.signal_dbm);
  return (
    <dl className={styles.head}>
      <div>
        <dt>{text('modem.state')}</dt>
        <dd>
          <ModemState modem={modem} />
        </dd>
      </div>
      <div>
        <dt>{text('modem.signal')}</dt>
        <dd className={styles.signal} data-band={signal?.band}>
          <SignalBars bars={signal?.bars ?? 0} />
          {modem.signal_dbm === null ? text('modem.none') : dbmText(modem.signal_dbm)}
          {signal && <span className={styles.soft}>{text(signal.word)}</span>}
        </dd>
      </div>
      <div>
        <dt>{text('modem.network')}</dt>
        <dd>{[networkWords(modem), modem.technology].filter(Boolean).join(', ')}</dd>
      </div>
      <div>
        <dt>{text('modem.number')}</dt>
        <dd>
          {modem.number === null ? text('modem.number_missing') : <PhoneNumber number={modem.number} />}
        </dd>
      </div>
      <div>
        <dt>{text('modem.waiting')}</dt>
        <dd>{text('answer.texts', { count: modem.queue_depth })}</dd>
      </div>
    </dl>
  );
}

/** As high as what comes. */
function ToCome() {
  return (
    <div className={page.page} role="status" aria-label={text('modems.loading')}>
      <Skeleton height={60} radius="var(--r-3)" />
      <Skeleton height={340} radius="var(--r-3)" />
    </div>
  );
}

function Unknown() {
  return (
    <Notice icon={SearchX} title={text('modem.unknown_title')}>
      <p>{text('modem.unknown_what')}</p>
      <RouteLink to={{ screen: 'modems' }}>{text('modem.unknown_all')}</RouteLink>
    </Notice>
  );
}
