import type { Fault } from './fault.ts';
import { BLOCK_MUTANTS } from './mutants/blocks.ts';
import { DIRECTION_MUTANTS } from './mutants/directions.ts';
import { EQUAL_SELECTOR_MUTANTS } from './mutants/equal-selectors.ts';
import { JOINED_SELECTOR_MUTANTS } from './mutants/joined-selectors.ts';
import { LABEL_SPACE_MUTANTS } from './mutants/label-spaces.ts';
import { LABEL_MUTANTS } from './mutants/labels.ts';
import { LIMIT_MUTANTS } from './mutants/limits.ts';
import { LIST_MUTANTS } from './mutants/lists.ts';
import { NAME_MUTANTS } from './mutants/names.ts';
import { ONE_BREATH_MUTANTS } from './mutants/one-breath.ts';
import { OVERLOOKED_MUTANTS } from './mutants/overlooked.ts';
import { PORT_CHUNK_MUTANTS } from './mutants/port-chunks.ts';
import { PORT_NAME_MUTANTS } from './mutants/port-names.ts';
import { PORT_NUMBER_MUTANTS } from './mutants/port-numbers.ts';
import { READING_MUTANTS } from './mutants/reading.ts';
import { REQUIREMENT_MUTANTS } from './mutants/requirements.ts';
import { SCTP_MUTANTS } from './mutants/sctp.ts';
import { SEEING_MUTANTS } from './mutants/seeing.ts';
import { SHARED_PEER_MUTANTS } from './mutants/shared-peers.ts';
import { TIMING_MUTANTS } from './mutants/timing.ts';
import { UNCHANGED_MUTANTS } from './mutants/unchanged.ts';

/** Faults that no bug of the catalogue stands for: what the library has to notice without having been written for it. */
export const MUTANTS: readonly Fault[] = [
  ...BLOCK_MUTANTS,
  ...DIRECTION_MUTANTS,
  ...EQUAL_SELECTOR_MUTANTS,
  ...JOINED_SELECTOR_MUTANTS,
  ...LABEL_SPACE_MUTANTS,
  ...LABEL_MUTANTS,
  ...LIMIT_MUTANTS,
  ...LIST_MUTANTS,
  ...NAME_MUTANTS,
  ...ONE_BREATH_MUTANTS,
  ...OVERLOOKED_MUTANTS,
  ...PORT_CHUNK_MUTANTS,
  ...PORT_NAME_MUTANTS,
  ...PORT_NUMBER_MUTANTS,
  ...READING_MUTANTS,
  ...REQUIREMENT_MUTANTS,
  ...SCTP_MUTANTS,
  ...SEEING_MUTANTS,
  ...SHARED_PEER_MUTANTS,
  ...TIMING_MUTANTS,
  ...UNCHANGED_MUTANTS,
];
