import { expect, it } from 'vitest';
import { placeWindow } from '../../electron/window-place.ts';

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
const kept = { x: 2_000, y: 100, width: 1_000, height: 700, maximized: false };

it('opens where the window was, on whichever screen', () => {
  expect(placeWindow(kept, screens)).toEqual({ x: 2_000, y: 100, width: 1_000, height: 700 });
});

it('keeps the size and lets the system choose the place when the screen is gone', () => {
  expect(placeWindow(kept, screens.slice(0, 1))).toEqual({ width: 1_000, height: 700 });
});

it.each([
  ['above the screen', { ...kept, x: 10, y: -40 }],
  ['below it', { ...kept, x: 10, y: 1_030 }],
  ['with no more than its edge on it', { ...kept, x: -950, y: 0 }],
])('does not open %s, where nobody gets hold of it', (_, place) => {
  expect(placeWindow(place, screens)).not.toHaveProperty('x');
});

it('fits a small screen, and never becomes too small to be read', () => {
  expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1_024, height: 600 }])).toEqual({
    width: 1_024,
    height: 600,
  });
  expect(placeWindow({ ...kept, width: 1, height: 1 }, screens)).toMatchObject({ width: 400, height: 480 });
});
