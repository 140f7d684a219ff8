import type { z } from 'zod';
import { eventTypes } from '../contract/event.ts';
import { ApiError } from './api-error.ts';
import { validate } from './validation.ts';

const eventField = /^events\.\d+$/;

/**
 * What `schema` makes of a body with `events`.
 *
 * @throws ApiError `INVALID_EVENT_TYPE` where nothing else is wrong than types that do not exist, else `VALIDATION_ERROR`
 */
export function validateEvents<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  try {
    return validate(schema, body);
  } catch (error) {
    const details = error instanceof ApiError ? (error.details ?? {}) : {};
    const fields = Object.keys(details);
    if (fields.length === 0 || !fields.every((field) => eventField.test(field))) throw error;
    throw new ApiError(
      'INVALID_EVENT_TYPE',
      `There is no such type of event. Types are ${eventTypes.join(', ')}.`,
      {
        details,
      },
    );
  }
}
