import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { startApi } from './running-api.ts';

test('the OpenAPI document passes a strict linter', async () => {
  const api = await startApi();
  const config = await createConfig({ extends: ['recommended-strict'] });
  const source = JSON.stringify(await api.document());
  const problems = await lintFromString({ source, config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});
