import { expect, it } from 'vitest';
import { fieldFault, faultOf, onlyFieldFault } from '../../../renderer/api/act.ts';
import { ApiError } from '../../../renderer/api/client.ts';
import { fieldNames } from '../../../renderer/sim/sim-fields.ts';

const refusal = (details: Record<string, string>) =>
  new ApiError(422, 'VALIDATION_ERROR', 'A field is wrong.', null, details);

it('calls fields as the form calls them, also those in a list', () => {
  const names = { smpp_port: 'Port', allow_hosts: 'Further names' };
  const error = refusal({ smpp_port: 'must be at most 65535', 'allow_hosts.2': 'must be a name' });
  expect(faultOf(error, names)).toBe('“Port” must be at most 65535; “Further names” must be a name');
});

it('calls a field that the form does not have as the API does', () => {
  expect(faultOf(refusal({ smpp_port: 'is required' }))).toBe('smpp_port is required');
});

it('has a name for each number of a SIM', () => {
  expect(faultOf(refusal({ 'limits.per_day': 'must be at least 1' }), fieldNames)).toBe(
    '“A day” must be at least 1',
  );
});

it('leaves the name out beside the field itself', () => {
  const error = refusal({ number: 'must be in E.164' });
  expect(fieldFault(error, 'number')).toBe('must be in E.164');
  expect(onlyFieldFault(error, 'number')).toBe('must be in E.164');
  expect(onlyFieldFault(new ApiError(409, 'CONFLICT', 'It is taken.'), 'number')).toBe('It is taken.');
  expect(onlyFieldFault(null, 'number')).toBeUndefined();
});
