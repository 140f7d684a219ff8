import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';

/** The place in the head of the page where a screen puts its own actions. */
export const ActionSlot = createContext<HTMLElement | null>(null);

/** Actions of a screen, shown in the head of the page. */
export function TopActions({ children }: { readonly children: ReactNode }) {
  const slot = useContext(ActionSlot);
  return slot && createPortal(children, slot);
}
