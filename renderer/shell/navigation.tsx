import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AppWindow, Ellipsis, Lock, TriangleAlert, Unplug } from 'lucide-react';
import { memo } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { modemsQuery } from '../api/queries.ts';
import { signalOf } from '../elements/signal.ts';
import { SignalBars } from '../elements/signal-bars.tsx';
import { modemTitle } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';
import styles from './navigation.module.css';
import { allPlaces, type Place, placeGroups } from './places.ts';
import { goTo, type Route, useAsked } from './route.ts';
import { RouteLink } from './route-link.tsx';
import { UnreadCount } from './unread-count.tsx';

/** How many modems the side lists by name. */
const mostListed = 8;
/** How many tabs stand at the foot of a narrow page before the one that holds the rest. */
const tabCount = 4;

/** The way to each screen, at the side of a wide page. */
export function SideNavigation() {
  return (
    <nav className={styles.side} aria-label={text('app.navigation')}>
      {placeGroups.map(({ title, places }) => (
        <div key={title ?? 'first'}>
          {title && <h2>{text(title)}</h2>}
          {places.map((place) => (
            <div key={place.name}>
              <PlaceLink place={place} size={16} />
              {place.name === 'page.modems' && <ModemLinks />}
              {place.name === 'page.settings' && <DesktopSettings />}
            </div>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The way to each screen, at the foot of a narrow page. */
export function TabNavigation() {
  const shown = allPlaces.slice(0, tabCount);
  const rest = allPlaces.slice(tabCount);
  return (
    <nav className={styles.tabs} aria-label={text('app.navigation')}>
      {shown.map((place) => (
        <PlaceLink key={place.name} place={place} size={20} />
      ))}
      {rest.length > 0 && <MoreTab places={rest} />}
    </nav>
  );
}

const screenOf = ({ screen }: Route) => screen;
const modemOf = (route: Route) => (route.screen === 'modem' ? route.id : undefined);

/** Only inside the desktop app: what is set for the app itself. */
function DesktopSettings() {
  const open = window.postern?.openSettings;
  if (!open) return null;
  return (
    <button type="button" title={text('app.desktop_settings')} onClick={() => void open()}>
      <AppWindow size={16} aria-hidden="true" />
      <span>{text('app.desktop_settings')}</span>
    </button>
  );
}

function MoreTab({ places }: { readonly places: readonly Place[] }) {
  const asked = useAsked(screenOf);
  const here = places.some(({ screens }) => screens.includes(asked));
  return (
    <Menu position="top-end" width={200}>
      <Menu.Target>
        <button type="button" data-here={here || undefined}>
          <Ellipsis size={20} aria-hidden="true" />
          <span>{text('app.more')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ name, icon: Icon, to }) => (
          <Menu.Item key={name} leftSection={<Icon size={16} />} onClick={() => leadTo(to)}>
            {text(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly size: number;
}

function PlaceLink({ place, size }: PlaceLinkProps) {
  const asked = useAsked(screenOf);
  const { name, to, screens } = place;
  const content = <PlaceName place={place} size={size} />;
  if (typeof to === 'string') {
    return (
      <a href={to} title={text(name)}>
        {content}
      </a>
    );
  }
  const isHere = screens.includes(asked) && asked !== 'modem';
  return (
    <RouteLink
      to={to}
      title={text(name)}
      aria-current={isHere ? 'page' : undefined}
      data-within={(!isHere && screens.includes(asked)) || undefined}
    >
      {content}
    </RouteLink>
  );
}

/** The same wherever the reader is. */
const PlaceName = memo(function PlaceName({ place: { name, icon: Icon }, size }: PlaceLinkProps) {
  return (
    <>
      <Icon size={size} aria-hidden="true" />
      <span>{text(name)}</span>
      {name === 'page.conversations' && <UnreadCount />}
    </>
  );
});

/** Goes to a screen, or leaves these pages for another of the gateway's. */
export function leadTo(to: Place['to']): void {
  if (typeof to === 'string') window.location.assign(to);
  else goTo(to);
}

function ModemLinks() {
  const open = useAsked(modemOf);
  const { data: modems = [] } = useQuery(modemsQuery);
  return (
    <div className={styles.modems}>
      {modems.slice(0, mostListed).map((modem) => (
        <RouteLink
          key={modem.id}
          to={{ screen: 'modem', id: modem.id, tab: 'health' }}
          aria-current={modem.id === open ? 'page' : undefined}
        >
          <span>{modemTitle(modem)}</span>
          <Standing modem={modem} />
        </RouteLink>
      ))}
      {modems.length > mostListed && (
        <RouteLink to={{ screen: 'modems' }}>
          <span>{text('app.more_modems', { count: modems.length - mostListed })}</span>
        </RouteLink>
      )}
    </div>
  );
}

/** The signal of a modem that is up, else a sign of why it is not. Its page says it in words. */
const Standing = memo(function Standing({ modem }: { readonly modem: ModemView }) {
  if (modem.state === 'locked') return <Lock size={14} aria-hidden="true" data-attention />;
  if (modem.state === 'attention') return <TriangleAlert size={14} aria-hidden="true" data-attention />;
  if (modem.signal_dbm === null) return <Unplug size={14} aria-hidden="true" />;
  const { bars, band } = signalOf(modem.signal_dbm);
  return (
    <span className={styles.signal} data-attention={band === 'weak' || undefined}>
      <SignalBars bars={bars} />
    </span>
  );
});
