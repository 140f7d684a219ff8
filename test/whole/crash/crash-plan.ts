import type { Chance } from '../chance.ts';
import type { Boundary, Kill } from './boundary.ts';

const around = (kind: Boundary['kind'], name: string, most: number) =>
  (['before', 'after'] as const).map((when) => ({ when, kind, name, most }));

/** Every boundary that a text passes on its way out or in, and at which of its kind at most it strikes. */
const onTheWay = [
  ...around('commit', 'acceptance', 3),
  ...around('commit', 'submitting', 4),
  ...around('commit', 'accepted', 4),
  ...around('commit', 'report', 3),
  ...around('commit', 'arrival', 3),
  ...around('commit', 'deletion', 3),
  ...around('write', 'CMGS', 4),
  ...around('write', 'CMGD', 3),
  ...around('write', 'PDU', 4),
  { when: 'amid', kind: 'write', name: 'PDU', most: 4 },
  ...around('write', 'CNMI', 1),
  { when: 'before', kind: 'write', name: 'ESC', most: 1 },
] as const;

/** What was in the modem's hands is called ambiguous by the next run: that commit is only there after such a kill. */
const afterwards = (['before', 'after'] as const).map((when): readonly Kill[] => [
  { when: 'after', kind: 'commit', name: 'submitting', nth: 1 },
  { when, kind: 'commit', name: 'ambiguous', nth: 1 },
]);

const longestRunMs = 2_500;

/** So many kills for each of the lanes, in an order by chance: every boundary in turn, and times by chance between. */
export function planKills(count: number, lanes: number, chance: Chance): Kill[][] {
  const plan: Kill[][] = Array.from({ length: lanes }, () => []);
  let left = count;
  while (left > 0) {
    for (const group of shuffled(turn(chance), chance)) {
      const shortest = plan.toSorted((a, b) => a.length - b.length)[0];
      const kills = group.slice(0, left);
      shortest?.push(...kills);
      left -= kills.length;
    }
  }
  return plan;
}

/** Every boundary once, and a few times by chance. */
function turn(chance: Chance): (readonly Kill[])[] {
  const named = onTheWay.map(({ most, ...boundary }) => [
    { ...boundary, nth: 1 + Math.floor(chance.next() * most) },
  ]);
  const anywhere = Array.from({ length: 4 }, () => [{ afterMs: chance.between(0, longestRunMs) }]);
  return [...named, ...afterwards, ...anywhere];
}

function shuffled<Thing>(things: readonly Thing[], chance: Chance): Thing[] {
  return things
    .map((thing) => ({ thing, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing);
}
