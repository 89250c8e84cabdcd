import { FAMILY_FAULTS } from './bugs/families.ts';
import { IPBLOCK_FAULTS } from './bugs/ipblock.ts';
import { ISOLATION_FAULTS } from './bugs/isolation.ts';
import { JOINED_NAME_FAULTS } from './bugs/joined-names.ts';
import { KUBELET_FAULTS } from './bugs/kubelet.ts';
import { LIFE_CYCLE_FAULTS } from './bugs/life-cycle.ts';
import { NAME_AND_SERVICE_FAULTS } from './bugs/names-and-services.ts';
import { PORT_FAULTS } from './bugs/ports.ts';
import { SELECTOR_FAULTS } from './bugs/selectors.ts';
import type { Fault } from './fault.ts';

/** The bugs of plugins that a simulated dataplane can have. */
export const BUG_FAULTS: readonly Fault[] = [
  ...IPBLOCK_FAULTS,
  ...SELECTOR_FAULTS,
  ...PORT_FAULTS,
  ...ISOLATION_FAULTS,
  ...LIFE_CYCLE_FAULTS,
  ...NAME_AND_SERVICE_FAULTS,
  ...FAMILY_FAULTS,
  ...KUBELET_FAULTS,
  ...JOINED_NAME_FAULTS,
];

/** A dataplane without a fault. */
export const SOUND: Fault = { id: 'sound', what: 'nothing goes wrong' };
