const names: Readonly<Record<number, string>> = {
  0: 'concatenation, 8-bit reference',
  1: 'special message indication',
  4: 'application ports, 8 bit',
  5: 'application ports, 16 bit',
  6: 'service centre control parameters',
  7: 'source of the header',
  8: 'concatenation, 16-bit reference',
  9: 'wireless control message protocol',
  10: 'text formatting',
  11: 'predefined sound',
  12: 'user-defined sound',
  13: 'predefined animation',
  14: 'large animation',
  15: 'small animation',
  16: 'large picture',
  17: 'small picture',
  18: 'variable picture',
  19: 'user prompt',
  20: 'extended object',
  21: 'reused extended object',
  22: 'compression control',
  23: 'object distribution indicator',
  24: 'standard WVG object',
  25: 'character size WVG object',
  26: 'extended object data request',
  32: 'e-mail header length',
  33: 'hyperlink',
  34: 'reply address',
  35: 'enhanced voice mail',
  36: 'national language single shift',
  37: 'national language locking shift',
};

/** What an information element is, by its identifier (TS 23.040, 9.2.3.24). */
export function elementName(iei: number): string {
  if (iei >= 0x70 && iei < 0x80) return '(U)SIM toolkit security header';
  if (iei >= 0x80 && iei < 0xa0) return 'specific to sender and recipient';
  if (iei >= 0xc0 && iei < 0xe0) return 'specific to the service centre';
  return names[iei] ?? 'reserved';
}
