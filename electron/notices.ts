import { Notification } from 'electron';

/** More than a person keeps unread; a system that never tells of a notice's end must not fill the memory. */
const mostKept = 50;

/** The notices of the system that are shown: one that nobody holds is garbage, and then tells of no click. */
export class Notices {
  readonly #onClick: () => void;
  readonly #shown = new Set<Notification>();

  constructor(onClick: () => void) {
    this.#onClick = onClick;
  }

  show(title: string, body: string): void {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body });
    notice.on('click', () => {
      this.#shown.delete(notice);
      this.#onClick();
    });
    notice.on('close', () => this.#shown.delete(notice));
    this.#keep(notice);
    notice.show();
  }

  #keep(notice: Notification): void {
    const [oldest] = this.#shown;
    if (oldest && this.#shown.size >= mostKept) this.#shown.delete(oldest);
    this.#shown.add(notice);
  }
}
