import './theme/styles.ts';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newestQuery, sessionQuery } from './api/queries.ts';
import { createQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { routeNow } from './shell/route.ts';
import { fetchScreen } from './shell/screens.ts';
import { theme } from './theme/theme.ts';

const place = document.getElementById('root');
if (!place) throw new Error('The page has no element with the id "root".');

const queries = createQueryClient();
// Both take their time, and neither needs the other.
void queries.prefetchQuery(sessionQuery).then(fetchNewest);
void fetchScreen(routeNow().screen);

/** Styles come from files alone: the page's policy refuses those that a script writes. */
createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

/** What the log shows first is on its way while the log itself is read and drawn. */
function fetchNewest(): void {
  const session = queries.getQueryData(sessionQuery.queryKey);
  const route = routeNow();
  if (session === undefined || session === 'signed-out' || route.screen !== 'messages') return;
  void queries.prefetchQuery(newestQuery(route.filter));
}
