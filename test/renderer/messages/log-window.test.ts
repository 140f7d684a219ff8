import { expect, it } from 'vitest';
import { drawnRows } from '../../../renderer/messages/log-window.ts';

const rows = (from: number, to: number) => ({ from, to });

it('a step to the next row finds it there, and draws nothing at once', () => {
  expect(drawnRows(rows(1, 20), rows(0, 24), rows(0, 25))).toEqual(rows(0, 24));
});

it('what came in sight is drawn at once, next to what is there', () => {
  expect(drawnRows(rows(10, 29), rows(0, 24), rows(5, 34))).toEqual(rows(5, 29));
  expect(drawnRows(rows(10, 29), rows(25, 54), rows(5, 34))).toEqual(rows(10, 34));
});

it('far from what is there only what is in sight is drawn at once', () => {
  expect(drawnRows(rows(500, 519), rows(0, 24), rows(495, 524))).toEqual(rows(500, 519));
});

it('nothing that was asked for is left out between the two', () => {
  expect(drawnRows(rows(30, 49), rows(0, 26), rows(25, 54))).toEqual(rows(25, 49));
});
