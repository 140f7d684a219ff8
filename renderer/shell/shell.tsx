import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useMay } from '../api/act.ts';
import { modemsQuery, sessionQuery } from '../api/queries.ts';
import { Toasts } from '../elements/toasts.tsx';
import { modemTitle } from '../overview/modem-words.ts';
import { text } from '../texts/text.ts';
import { Logo } from './logo.tsx';
import { SideNavigation, TabNavigation } from './navigation.tsx';
import { goTo, type Route } from './route.ts';
import { RouteLink } from './route-link.tsx';
import { SearchField } from './search-field.tsx';
import styles from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';
import { SignOut } from './sign-out.tsx';
import { ActionSlot } from './slots.tsx';
import { StreamBanner } from './stream-banner.tsx';
import { StreamState } from './stream-state.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface ShellProps {
  readonly route: Route;
  readonly children: ReactNode;
}

/** Screens that fill the window and scroll within. */
const filling = new Set<Route['screen']>(['messages', 'conversations']);

/** What stands around every screen: the way to the others, the title, search, and whether the page is live. */
export function Shell({ route, children }: ShellProps) {
  const title = useTitle(route);
  const heading = useArrival(route, title);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <div className={styles.app} data-filling={filling.has(route.screen) || undefined}>
      <button type="button" className={styles.skip} onClick={() => heading.current?.focus()}>
        {text('app.skip')}
      </button>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Logo />
          <span>{text('app.name')}</span>
        </div>
        {lasting.navigation}
        {lasting.foot}
      </aside>
      <main className={styles.main}>
        <header className={styles.top}>
          <span className={styles.mark}>
            <Logo />
          </span>
          {route.screen === 'modem' && (
            <RouteLink to={{ screen: 'modems' }} className={styles.crumb}>
              {text('page.modems')} <span aria-hidden="true">/</span>
            </RouteLink>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <span className={styles.gap} />
          <span className={styles.mark}>{lasting.state}</span>
          {route.screen !== 'messages' && route.screen !== 'conversations' && (
            <span className={styles.search}>{lasting.search}</span>
          )}
          <div className={styles.actions} ref={setSlot} />
          {route.screen !== 'compose' && lasting.newMessage}
          {lasting.theme}
          {lasting.signOut}
        </header>
        {lasting.banner}
        <ActionSlot value={slot}>{children}</ActionSlot>
      </main>
      {lasting.tabs}
      {lasting.shortcuts}
      {lasting.toasts}
    </div>
  );
}

function NewMessage() {
  const may = useMay('sms:send');
  if (!may) return null;
  return (
    <Button
      variant="filled"
      leftSection={<PenLine size={16} aria-hidden="true" />}
      onClick={() => goTo({ screen: 'compose' })}
    >
      {text('app.new_message')}
    </Button>
  );
}

function SideFoot() {
  return (
    <footer className={styles.foot}>
      <div className={styles.state}>
        <StreamState />
        <Version />
      </div>
      <code>{window.location.host}</code>
    </footer>
  );
}

/** What does not depend on the screen: the very same elements each time, so that React leaves them alone. */
const lasting = {
  navigation: <SideNavigation />,
  foot: <SideFoot />,
  state: <StreamState />,
  search: <SearchField />,
  newMessage: <NewMessage />,
  theme: <ThemeSwitch />,
  signOut: <SignOut />,
  banner: <StreamBanner />,
  tabs: <TabNavigation />,
  shortcuts: <Shortcuts />,
  toasts: <Toasts />,
};

/** A modem's page is called what the modem is. */
function useTitle(route: Route): string {
  const { data: modems } = useQuery(modemsQuery);
  if (route.screen !== 'modem') return text(`page.${route.screen}`);
  const modem = modems?.find(({ id }) => id === route.id);
  return modem ? modemTitle(modem) : route.id;
}

/** Names the window after the screen; when the reader comes from another one, begins at its head. */
function useArrival(route: Route, title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const place = route.screen === 'modem' ? `modem ${route.id}` : route.screen;
  const arrivedAt = useRef(place);
  useLayoutEffect(() => {
    document.title = `${title} · ${text('app.name')}`;
  }, [title]);
  useEffect(() => {
    if (arrivedAt.current === place) return;
    arrivedAt.current = place;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [place]);
  return heading;
}

function Version() {
  const { data: session } = useQuery(sessionQuery);
  return session && session !== 'signed-out' ? (
    <span className={styles.version}>{session.gateway_version}</span>
  ) : null;
}
