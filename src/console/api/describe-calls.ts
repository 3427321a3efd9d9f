/** The calls as the documentation page tells them: made of the OpenAPI document, so that the two can't differ. */
import { leastRoleFor, needsPersonFor, type Role } from '../operators/may.ts';
import { apiBase } from './api-routes.ts';
import type { Call, CallGroup } from './call.ts';
import { describeSchema, type Field, type Shape } from './describe-schema.ts';
import { answerName, bodyName } from './json-schemas.ts';
import type { OpenApi } from './open-api.ts';
import { type PossibleProblem, possibleProblems } from './possible-problems.ts';

export interface DescribedCall {
  readonly id: string;
  readonly group: CallGroup;
  readonly method: string;
  /** `/-/console/api/v1/operators/{email}` */
  readonly path: string;
  readonly summary: string;
  readonly role: Role;
  /** A token can't, whatever its role. */
  readonly byPeopleOnly: boolean;
  /** In the address, before and after its `?`. */
  readonly inPath: readonly Field[];
  readonly inQuery: readonly Field[];
  readonly body?: Shape;
  /** Absent: a table, as CSV. */
  readonly answer?: Shape;
  /** Those that not every call may meet. */
  readonly problems: readonly PossibleProblem[];
}

export const describeCalls = (document: OpenApi, calls: readonly Call[]): readonly DescribedCall[] =>
  calls.map((call) => {
    const path = call.path.replace(/:(\w+)/g, '{$1}');
    const { schemas } = document.components;
    const { parameters = [] } = document.paths[path]?.[call.method] ?? {};
    const given = (place: 'path' | 'query'): readonly Field[] =>
      parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, required, description, schema }) => ({
          name,
          optional: !required,
          shape: {
            ...describeSchema(schema, schemas),
            ...(description === undefined ? {} : { about: description }),
          },
        }));
    const shape = (name: string): Shape => describeSchema(schemas[name] ?? {}, schemas);
    return {
      id: call.id,
      group: call.group,
      method: call.method.toUpperCase(),
      path: `${apiBase}${path}`,
      summary: call.summary,
      role: leastRoleFor(call.action),
      byPeopleOnly: needsPersonFor(call.action),
      inPath: given('path'),
      inQuery: given('query'),
      ...(call.body ? { body: shape(bodyName(call)) } : {}),
      ...(call.csv === undefined ? { answer: shape(answerName(call)) } : {}),
      problems: possibleProblems(call).filter(({ own }) => own),
    };
  });
