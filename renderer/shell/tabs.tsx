import page from '../elements/page.module.css';
import { hrefOf, type Route, useAsked } from './route.ts';
import { RouteLink } from './route-link.tsx';

interface Tab {
  readonly title: string;
  readonly to: Route;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The one whose content is drawn. */
  readonly drawn: Route;
}

/** The parts of a screen. The one that was pressed is marked at once, its content follows. */
export function Tabs({ label, tabs, drawn }: TabsProps) {
  const asked = useAsked(hrefOf);
  const here = tabs.some(({ to }) => hrefOf(to) === asked) ? asked : hrefOf(drawn);
  return (
    <nav className={page.tabs} aria-label={label}>
      {tabs.map(({ title, to }) => (
        <RouteLink key={title} to={to} aria-current={hrefOf(to) === here ? 'page' : undefined}>
          {title}
        </RouteLink>
      ))}
    </nav>
  );
}
