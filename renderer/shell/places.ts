import {
  BookOpenText,
  Key,
  LayoutDashboard,
  type LucideIcon,
  MessageSquareText,
  MessagesSquare,
  PenLine,
  Settings,
  Usb,
  Webhook,
} from 'lucide-react';
import type { TextKey } from '../texts/text.ts';
import type { Route, Screen } from './route.ts';

/** One entry of the navigation. `to` is a screen, or the address of a page that the gateway serves beside these. */
export interface Place {
  readonly name: TextKey;
  readonly icon: LucideIcon;
  readonly to: Route | string;
  readonly screens: readonly Screen[];
  /** The second key after `g`. */
  readonly key?: string;
}

export interface PlaceGroup {
  readonly title: TextKey | undefined;
  readonly places: readonly Place[];
}

/** The ways to all screens, in the order in which they are listed. */
export const placeGroups: readonly PlaceGroup[] = [
  {
    title: undefined,
    places: [
      {
        name: 'page.overview',
        icon: LayoutDashboard,
        to: { screen: 'overview' },
        screens: ['overview'],
        key: 'o',
      },
      {
        name: 'page.messages',
        icon: MessageSquareText,
        to: { screen: 'messages', filter: {} },
        screens: ['messages'],
        key: 'm',
      },
      {
        name: 'page.conversations',
        icon: MessagesSquare,
        to: { screen: 'conversations' },
        screens: ['conversations'],
        key: 'c',
      },
      { name: 'page.compose', icon: PenLine, to: { screen: 'compose' }, screens: ['compose'], key: 'n' },
      {
        name: 'page.modems',
        icon: Usb,
        to: { screen: 'modems' },
        screens: ['modems', 'modem', 'welcome'],
        key: 'd',
      },
    ],
  },
  {
    title: 'page.integrations',
    places: [
      { name: 'page.keys', icon: Key, to: { screen: 'keys' }, screens: ['keys'], key: 'k' },
      { name: 'page.webhooks', icon: Webhook, to: { screen: 'webhooks' }, screens: ['webhooks'], key: 'w' },
      { name: 'page.reference', icon: BookOpenText, to: '/docs', screens: [] },
    ],
  },
  {
    title: 'page.gateway',
    places: [
      {
        name: 'page.settings',
        icon: Settings,
        to: { screen: 'settings', tab: 'gateway' },
        screens: ['settings'],
        key: 's',
      },
    ],
  },
];

export const allPlaces: readonly Place[] = placeGroups.flatMap(({ places }) => places);
