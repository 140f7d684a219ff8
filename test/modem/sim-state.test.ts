import { describe, expect, it } from 'vitest';
import { Obstacle } from '../../src/modem/obstacle.ts';
import { type SimState, simStateOf, simStateOfRefusal } from '../../src/modem/sim-state.ts';

const told = (state: SimState) => (state instanceof Obstacle ? [state.code, state.message] : state);

describe('what a SIM is told to need', () => {
  it.each<[string, string]>([
    ['READY', 'ready'],
    ['ready', 'ready'],
    ['SIM PIN', 'pin'],
    ['SIM PUK', 'puk'],
    ['SIM PIN2', 'ready'],
    ['SIM PUK2', 'ready'],
    ['NOT READY', 'busy'],
    ['SIM BUSY', 'busy'],
  ])('%s is %s', (words, expected) => {
    expect(told(simStateOf(words))).toBe(expected);
  });

  it.each([
    ['NOT INSERTED', 'no_sim', /Put one in/],
    ['SIM REMOVED', 'no_sim', /Put one in/],
    ['SIM FAILURE', 'sim_failure', /Take it out/],
    ['SIM WRONG', 'sim_failure', /refuses this SIM/],
    ['PUK BLOCKED', 'sim_failure', /blocked for good/],
    ['PH-SIM PIN', 'sim_locked', /locked to another SIM\. Use/],
    ['PH-FSIM PIN', 'sim_locked', /first SIM that was ever put into it\. Use/],
    ['PH-FSIM PUK', 'sim_locked', /first SIM .*too often\. Use/],
    ['PH-NET PIN', 'sim_locked', /another operator\. Use/],
    ['PH-NET PUK', 'sim_locked', /another operator, .*too often/],
    ['PH-NETSUB PIN', 'sim_locked', /some of an operator's SIMs\. Use/],
    ['PH-NETSUB PUK', 'sim_locked', /some of an operator's SIMs, .*too often/],
    ['PH-SP PIN', 'sim_locked', /another service provider\. Use/],
    ['PH-SP PUK', 'sim_locked', /another service provider, .*too often/],
    ['PH-CORP PIN', 'sim_locked', /SIMs of a company\. Use/],
    ['PH-CORP PUK', 'sim_locked', /SIMs of a company, .*too often/],
    ['SOMETHING NEW', 'sim_locked', /not ready \(SOMETHING NEW\)/],
    ['toString', 'sim_locked', /not ready \(TOSTRING\)/],
  ] as const)('%s is told as %s with a plain sentence', (words, code, sentence) => {
    expect(told(simStateOf(words))).toEqual([code, expect.stringMatching(sentence)]);
  });

  it.each([
    [10, 'NOT INSERTED'],
    [12, 'SIM PUK'],
    [13, 'SIM FAILURE'],
    [15, 'SIM WRONG'],
    [5, 'PH-SIM PIN'],
    [6, 'PH-FSIM PIN'],
    [7, 'PH-FSIM PUK'],
    [17, 'SIM PIN2'],
    [18, 'SIM PUK2'],
    [40, 'PH-NET PIN'],
    [43, 'PH-NETSUB PUK'],
    [44, 'PH-SP PIN'],
    [47, 'PH-CORP PUK'],
    [310, 'NOT INSERTED'],
    [313, 'SIM FAILURE'],
    [316, 'SIM PUK'],
  ])('the refusal %i says the same as %s', (code, words) => {
    expect(told(simStateOfRefusal({ code }))).toEqual(told(simStateOf(words)));
  });

  it.each([14, 314, 515, 11, 100, undefined])('the refusal %s may pass by itself', (code) => {
    expect(simStateOfRefusal({ code })).toBe('busy');
  });
});
