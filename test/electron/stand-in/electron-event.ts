/** The first argument of Electron's events: some can be prevented. */
export class ElectronEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** An event with details of its own, as the newer ones of Electron are. */
export function eventWith<Details extends object>(details: Details): ElectronEvent & Details {
  return Object.assign(new ElectronEvent(), details);
}
