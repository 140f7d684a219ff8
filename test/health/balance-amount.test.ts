import { describe, expect, test } from 'vitest';
import { balanceAmount } from '../../src/health/balance-amount.ts';

describe('the amount in a balance text', () => {
  test.each<[string, number | undefined]>([
    ['Your balance is 3,50 EUR', 3.5],
    ['R$ 12.30', 12.3],
    ['Balance:0.00', 0],
    ['Saldo: -1,25 EUR', -1.25],
    ['EUR 1.234,56 left', 1234.56],
    ['USD 1,234.56 left', 1234.56],
    ['CHF 1’234.50', 1234.5],
    ['Solde 1 234,50 EUR', 1234.5],
    ['Rp 15.000', 15_000],
    ['KES 1,000', 1_000],
    ['0.125 KWD', 0.125],
    ['Ihr Guthaben betraegt 10 EUR.', 10],
    ['Your balance is 5 EUR, valid until 12.10.2026.', 5],
    ['12.10.2026 08:15 Balance 7.35 EUR', 7.35],
    ['2026-10-12 Balance 7.35', 7.35],
    ['You have used 12.5% of it; 4.20 EUR are left', 4.2],
    ['Bonus 100 SMS. Main balance: 2.75', 2.75],
    ['Баланс: 150.25 р.', 150.25],
    ['Call 0800-123 for help', undefined],
    ['', undefined],
    ['Thank you', undefined],
  ])('%s', async (text, amount) => {
    expect(await balanceAmount(text, null)).toBe(amount);
  });

  test.each<[string, string, number | undefined]>([
    ['You have 100 SMS and 20,5 EUR', '(\\d+) SMS', 100],
    ['Main 1.00, bonus 9.00', 'bonus ([\\d.]+)', 9],
    ['Main 1.00, bonus 9.00', '\\d+\\.\\d+$', 9],
    ['Main 1.00', 'bonus ([\\d.]+)', undefined],
    ['Main 1.00', '(Main)', undefined],
    ['Main 1.00', '(', undefined],
  ])('%s by the pattern %s', async (text, pattern, amount) => {
    expect(await balanceAmount(text, pattern)).toBe(amount);
  });

  test('is looked for in the first 500 characters', async () => {
    expect(await balanceAmount(`${'x'.repeat(600)} 3.50`, null)).toBeUndefined();
  });

  test('is not looked for without end', async () => {
    expect(await balanceAmount('x'.repeat(400), '(x+x+)+y')).toBeUndefined();
  });
});
