import { DeskPages } from './desk-pages.ts';

/** Whether `address` is one of the gateway's own pages. */
export function isWithin(address: string, origin: string | undefined): boolean {
  return origin !== undefined && URL.canParse(address) && new URL(address).origin === origin;
}

/** Whether a page at `from` may go to `to`: within the gateway, or within the app's own pages, and never across. */
export function mayNavigate(from: string, to: string, origin: string | undefined): boolean {
  if (DeskPages.has(from)) return DeskPages.has(to);
  return isWithin(to, origin);
}

/** Whether the system's browser may be asked to open `address`. Nothing but a plain, encrypted web page. */
export function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === '';
}

/** What a page may be granted: to write a copied text into the clipboard, and only the gateway's own pages. */
export function mayUse(permission: string, asker: string, origin: string | undefined): boolean {
  return permission === 'clipboard-sanitized-write' && isWithin(asker, origin);
}
