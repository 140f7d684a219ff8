import { useEffect, useRef } from 'react';
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
  const bar = useRef<HTMLElement>(null);
  const here = tabs.some(({ to }) => hrefOf(to) === asked) ? asked : hrefOf(drawn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one that is marked has to be in sight
  useEffect(() => bringIntoSight(bar.current), [here]);
  return (
    <nav ref={bar} className={page.tabs} aria-label={label}>
      {tabs.map(({ title, to }) => (
        <RouteLink key={title} to={to} aria-current={hrefOf(to) === here ? 'page' : undefined}>
          {title}
        </RouteLink>
      ))}
    </nav>
  );
}

/** Where not all have room, the marked one stands in the middle. The page itself stays where it is. */
function bringIntoSight(bar: HTMLElement | null): void {
  const marked = bar?.querySelector<HTMLElement>('[aria-current]');
  if (!bar || !marked || bar.scrollWidth === bar.clientWidth) return;
  bar.scrollLeft = marked.offsetLeft - bar.offsetLeft - (bar.clientWidth - marked.offsetWidth) / 2;
}
