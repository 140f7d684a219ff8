import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { text } from '../texts/text.ts';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import type { Screen } from './route.ts';
import styles from './shell.module.css';
import { StreamBanner } from './stream-banner.tsx';
import { StreamState } from './stream-state.tsx';

interface ShellProps {
  readonly screen: Screen;
  readonly children: ReactNode;
}

/** What stands around every screen: the way to the others, the title, and whether the page is live. */
export function Shell({ screen, children }: ShellProps) {
  const title = text(`page.${screen}`);
  const heading = useArrival(screen, title);
  return (
    <div className={styles.app}>
      <button type="button" className={styles.skip} onClick={() => heading.current?.focus()}>
        {text('app.skip')}
      </button>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Logo />
          <span>{text('app.name')}</span>
        </div>
        <Navigation screen={screen} form="side" />
        <footer className={styles.foot}>
          <div className={styles.state}>
            <StreamState />
            <Version />
          </div>
          <code>{window.location.host}</code>
        </footer>
      </aside>
      <main className={styles.main}>
        <header className={styles.top}>
          <span className={styles.mark}>
            <Logo />
          </span>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <span className={styles.mark}>
            <StreamState />
          </span>
        </header>
        <StreamBanner />
        {children}
      </main>
      <Navigation screen={screen} form="tabs" />
    </div>
  );
}

/** Names the window after the screen; when the reader comes from another one, begins at its head. */
function useArrival(screen: Screen, title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivedAt = useRef(screen);
  useEffect(() => {
    document.title = `${title} · ${text('app.name')}`;
    if (arrivedAt.current === screen) return;
    arrivedAt.current = screen;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [screen, title]);
  return heading;
}

function Version() {
  const { data: session } = useQuery(sessionQuery);
  return session && session !== 'signed-out' ? (
    <span className={styles.version}>{session.gateway_version}</span>
  ) : null;
}
