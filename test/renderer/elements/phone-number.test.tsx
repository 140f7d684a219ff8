import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PhoneNumber } from '../../../renderer/elements/phone-number.tsx';

it('holds the number without a blank, so that it is copied as E.164', () => {
  const markup = renderToStaticMarkup(<PhoneNumber number="+4915117730021" />);
  expect(markup.match(/<span>/g)).toHaveLength(5);
  expect(markup.replace(/<[^>]*>/g, '')).toBe('+4915117730021');
});
