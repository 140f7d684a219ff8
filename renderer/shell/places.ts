import { LayoutDashboard, type LucideIcon, MessageSquareText, Usb } from 'lucide-react';
import type { TextKey } from '../texts/text.ts';
import type { Route, Screen } from './route.ts';

/** One entry of the navigation. `screens` are those it stands for; `href` leads to a page that is not one of ours. */
export interface Place {
  readonly name: TextKey;
  readonly icon: LucideIcon;
  readonly to: Route;
  readonly screens: readonly Screen[];
  /** The second key after `g`, and the one that leads there alone. */
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
        name: 'page.modems',
        icon: Usb,
        to: { screen: 'modems' },
        screens: ['modems', 'modem'],
        key: 'd',
      },
    ],
  },
];

export const allPlaces: readonly Place[] = placeGroups.flatMap(({ places }) => places);
