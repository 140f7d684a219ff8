import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './api/queries.ts';
import { LoadError } from './elements/load-error.tsx';
import { Live } from './live/live.tsx';
import { Messages } from './messages/messages.tsx';
import { Overview } from './overview/overview.tsx';
import { Opening } from './shell/opening.tsx';
import { useRoute } from './shell/route.ts';
import { Shell } from './shell/shell.tsx';
import { SignedOut } from './signed-out/signed-out.tsx';

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
  return (
    <Shell screen={route.screen}>
      {route.screen === 'overview' ? <Overview /> : <Messages route={route} />}
    </Shell>
  );
}
