import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense } from 'react';
import { sessionQuery } from './api/queries.ts';
import { LoadError } from './elements/load-error.tsx';
import page from './elements/page.module.css';
import { Live } from './live/live.tsx';
import { Overview } from './overview/overview.tsx';
import { Opening } from './shell/opening.tsx';
import { type Route, type Screen, useRoute } from './shell/route.ts';
import { ScreenBoundary } from './shell/screen-boundary.tsx';
import { Shell } from './shell/shell.tsx';
import { SignedOut } from './signed-out/signed-out.tsx';

/** The overview comes with the first load; every other screen when somebody goes there. */
const Messages = lazy(async () => ({ default: (await import('./messages/messages.tsx')).Messages }));
const Conversations = lazy(async () => ({
  default: (await import('./conversations/conversations.tsx')).Conversations,
}));
const Compose = lazy(async () => ({ default: (await import('./compose/compose.tsx')).Compose }));
const Keys = lazy(async () => ({ default: (await import('./keys/keys.tsx')).Keys }));
const Webhooks = lazy(async () => ({ default: (await import('./webhooks/webhooks.tsx')).Webhooks }));
const Settings = lazy(async () => ({ default: (await import('./settings/settings.tsx')).Settings }));
const Setup = lazy(async () => ({ default: (await import('./setup/setup.tsx')).Setup }));
const Modems = lazy(async () => ({ default: (await import('./modem/modems.tsx')).Modems }));
const Welcome = lazy(async () => ({ default: (await import('./welcome/welcome.tsx')).Welcome }));
const Modem = lazy(async () => ({ default: (await import('./modem/modem.tsx')).Modem }));

type ScreenProps<Name extends Screen> = { readonly route: Extract<Route, { screen: Name }> };

const screens: { readonly [Name in Screen]: ComponentType<ScreenProps<Name>> } = {
  overview: Overview,
  messages: Messages,
  conversations: Conversations,
  compose: Compose,
  keys: Keys,
  webhooks: Webhooks,
  settings: Settings,
  setup: Setup,
  modems: Modems,
  modem: Modem,
  welcome: Welcome,
};

/** Everything that is shown, once it is known that the reader may see it. */
export function App() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session === 'signed-out') return <SignedOut onRetry={() => void refetch()} />;
  if (session === undefined)
    return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <Opening />;
  return (
    <Live>
      <CurrentScreen />
    </Live>
  );
}

function CurrentScreen() {
  const route = useRoute();
  // the table above pairs each screen with its own routes
  const Screen = screens[route.screen] as ComponentType<{ readonly route: Route }>;
  return (
    <Shell route={route}>
      <ScreenBoundary key={route.screen}>
        <Suspense fallback={<ScreenToCome />}>
          <Screen route={route} />
        </Suspense>
      </ScreenBoundary>
    </Shell>
  );
}

function ScreenToCome() {
  return (
    <div className={page.page}>
      <Skeleton height={80} radius="var(--r-3)" />
      <Skeleton height={240} radius="var(--r-3)" />
    </div>
  );
}
