import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, Suspense, useEffect } from 'react';
import { sessionQuery } from './api/queries.ts';
import { LoadError } from './elements/load-error.tsx';
import page from './elements/page.module.css';
import { Live } from './live/live.tsx';
import { leaveWithOthers } from './shell/leaving.ts';
import { Opening } from './shell/opening.tsx';
import { type Route, useDrawnRoute } from './shell/route.ts';
import { ScreenBoundary } from './shell/screen-boundary.tsx';
import { fetchScreens, screenOf } from './shell/screens.ts';
import { Shell } from './shell/shell.tsx';
import { SignedOut } from './signed-out/signed-out.tsx';

/** So long the first screen has for itself. */
const restMs = 2_000;

/** Everything that is shown, once it is known that the reader may see it. */
export function App() {
  const client = useQueryClient();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  useEffect(() => leaveWithOthers(client), [client]);
  if (session === 'signed-out') return <SignedOut onRetry={() => void refetch()} />;
  if (session === undefined)
    return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <Opening />;
  return (
    <Live>
      <CurrentScreen />
    </Live>
  );
}

/** Drawn anew only for another route: what merely was asked for is shown by those who listen for it. */
function CurrentScreen() {
  useEffect(() => {
    const rest = setTimeout(() => void fetchScreens(idle), restMs);
    return () => clearTimeout(rest);
  }, []);
  return <DrawnScreen route={useDrawnRoute()} />;
}

const DrawnScreen = memo(function DrawnScreen({ route }: { readonly route: Route }) {
  const Screen = screenOf(route);
  return (
    <Shell route={route}>
      <ScreenBoundary key={route.screen}>
        <Suspense fallback={<ScreenToCome />}>
          <Screen route={route} />
        </Suspense>
      </ScreenBoundary>
    </Shell>
  );
});

/** Until the browser has nothing else to do; one that cannot tell is given a while. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve());
    else setTimeout(resolve, restMs);
  });
}

function ScreenToCome() {
  return (
    <div className={page.page}>
      <Skeleton height={80} radius="var(--r-3)" />
      <Skeleton height={240} radius="var(--r-3)" />
    </div>
  );
}
