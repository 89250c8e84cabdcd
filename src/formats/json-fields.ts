import type { Protocol } from '../core/model/protocol.ts';
import type { Json } from '../core/scenario/scenario.ts';

/** A JSON object whose fields are read without a schema: of objects that the API server has checked, or will. */
export type JsonObject = { readonly [key: string]: Json };

/** The value as an object; anything else reads as an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The objects of a list; anything else reads as an empty list. */
export function itemsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** The fields of an object that are texts. */
export function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Whether the value names a transport protocol. */
export function isProtocol(value: Json): value is Protocol {
  return value === 'TCP' || value === 'UDP' || value === 'SCTP';
}
