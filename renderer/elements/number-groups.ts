/** Country codes of one and two digits (ITU-T E.164 list of assigned codes); every other one has three. */
const shortCodes = new Set(
  (
    '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 ' +
    '90 91 92 93 94 95 98'
  ).split(' '),
);

/** A number in E.164 cut for reading: `+`, the country, then groups. What is no such number stays whole. */
export function numberGroups(number: string): readonly string[] {
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return [number];
  const country =
    [number.slice(1, 2), number.slice(1, 3)].find((code) => shortCodes.has(code)) ?? number.slice(1, 4);
  return [`+${country}`, ...groups(number.slice(country.length + 1))];
}

function groups(digits: string): readonly string[] {
  const cut: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    cut.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...cut, rest];
}
