import { LayoutDashboard, type LucideIcon, MessageSquareText } from 'lucide-react';
import { type TextKey, text } from '../texts/text.ts';
import styles from './navigation.module.css';
import type { Route, Screen } from './route.ts';
import { RouteLink } from './route-link.tsx';

const places: readonly { readonly route: Route; readonly icon: LucideIcon; readonly name: TextKey }[] = [
  { route: { screen: 'overview' }, icon: LayoutDashboard, name: 'page.overview' },
  { route: { screen: 'messages', page: 1 }, icon: MessageSquareText, name: 'page.messages' },
];

interface NavigationProps {
  readonly screen: Screen;
  readonly form: 'side' | 'tabs';
}

/** The way to each screen: a column at the side, or tabs at the foot of a narrow page. */
export function Navigation({ screen, form }: NavigationProps) {
  return (
    <nav className={styles[form]} aria-label={text('app.navigation')}>
      {places.map(({ route, icon: Icon, name }) => (
        <RouteLink
          key={route.screen}
          to={route}
          title={form === 'side' ? text(name) : undefined}
          aria-current={route.screen === screen ? 'page' : undefined}
        >
          <Icon size={form === 'side' ? 16 : 20} aria-hidden="true" />
          <span>{text(name)}</span>
        </RouteLink>
      ))}
    </nav>
  );
}
