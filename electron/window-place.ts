import type { WindowPlace } from './desktop-settings.ts';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const usualSize = { width: 1280, height: 860 };
export const leastSize = { width: 400, height: 480 };
/** So much of a window must lie on a screen for a person to get hold of it. */
const graspable = { width: 120, height: 40 };

/**
 * Where to open the window: where it was, if a screen is still there; else the system decides, with the size that fits.
 *
 * @param areas the work areas of all screens, the main one first
 */
export function placeWindow(kept: WindowPlace | undefined, areas: readonly Area[]): Partial<Area> {
  const wanted = kept ?? usualSize;
  const home = areas.find((area) => kept && isGraspable(kept, area));
  const room = home ?? areas[0] ?? usualSize;
  const size = {
    width: between(leastSize.width, wanted.width, room.width),
    height: between(leastSize.height, wanted.height, room.height),
  };
  return home && kept ? { x: kept.x, y: kept.y, ...size } : size;
}

/** The upper edge counts: a window is moved by its title. */
function isGraspable(place: Area, area: Area): boolean {
  const across = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const down = area.y + area.height - place.y;
  return across >= graspable.width && down >= graspable.height && place.y >= area.y;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
