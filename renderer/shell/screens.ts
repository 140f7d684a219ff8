import { type ComponentType, lazy } from 'react';
import { Overview } from '../overview/overview.tsx';
import type { Route, Screen } from './route.ts';

type ScreenProps<Name extends Screen> = { readonly route: Extract<Route, { screen: Name }> };

/** The overview comes with the first load; every other screen in a file of its own. */
const files = {
  messages: async () => ({ default: (await import('../messages/messages.tsx')).Messages }),
  conversations: async () => ({
    default: (await import('../conversations/conversations.tsx')).Conversations,
  }),
  compose: async () => ({ default: (await import('../compose/compose.tsx')).Compose }),
  keys: async () => ({ default: (await import('../keys/keys.tsx')).Keys }),
  webhooks: async () => ({ default: (await import('../webhooks/webhooks.tsx')).Webhooks }),
  settings: async () => ({ default: (await import('../settings/settings.tsx')).Settings }),
  setup: async () => ({ default: (await import('../setup/setup.tsx')).Setup }),
  modems: async () => ({ default: (await import('../modem/modems.tsx')).Modems }),
  welcome: async () => ({ default: (await import('../welcome/welcome.tsx')).Welcome }),
  modem: async () => ({ default: (await import('../modem/modem.tsx')).Modem }),
};

const screens: { readonly [Name in Screen]: ComponentType<ScreenProps<Name>> } = {
  overview: Overview,
  messages: lazy(files.messages),
  conversations: lazy(files.conversations),
  compose: lazy(files.compose),
  keys: lazy(files.keys),
  webhooks: lazy(files.webhooks),
  settings: lazy(files.settings),
  setup: lazy(files.setup),
  modems: lazy(files.modems),
  welcome: lazy(files.welcome),
  modem: lazy(files.modem),
};

/** What draws a route: the table above pairs each screen with its own routes. */
export function screenOf(route: Route): ComponentType<{ readonly route: Route }> {
  return screens[route.screen] as ComponentType<{ readonly route: Route }>;
}

/** Begins to fetch what draws a screen. A failure is told where the screen is drawn. */
export async function fetchScreen(screen: Screen): Promise<void> {
  if (screen === 'overview') return;
  await files[screen]().catch(() => undefined);
}

/** Fetches the other screens, one after the other, each when there is nothing else to do. */
export async function fetchScreens(idle: () => Promise<void>): Promise<void> {
  for (const screen of Object.keys(files) as (keyof typeof files)[]) {
    await idle();
    await fetchScreen(screen);
  }
}
