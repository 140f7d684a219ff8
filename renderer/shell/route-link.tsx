import type { ComponentProps, MouseEvent } from 'react';
import { goTo, hrefOf, type Route } from './route.ts';

interface RouteLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  readonly to: Route;
}

/** A link within the pages. It is a true one: it can be copied, and opened in another tab. */
export function RouteLink({ to, children, ...rest }: RouteLinkProps) {
  return (
    <a {...rest} href={hrefOf(to)} onClick={(event) => follow(event, to)}>
      {children}
    </a>
  );
}

/** With a modifier key, or another button, a click is the browser's own business. */
function follow(event: MouseEvent, to: Route): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(to);
}
