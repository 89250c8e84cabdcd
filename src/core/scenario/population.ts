import { fullName } from '../model/pod-name.ts';
import type { Change, Scenario, ScenarioPod } from './scenario.ts';

/** The pods and Services that a scenario has at a moment. */
export type Population = Pick<Scenario, 'pods' | 'services'>;

/** What there is after a change. */
export function populationAfter({ pods, services }: Population, change: Change): Population {
  switch (change.kind) {
    case 'create':
      return { pods: [...pods, ...change.pods], services: [...services, ...change.services] };
    case 'remove-pod': {
      const isMeant = (pod: ScenarioPod) => fullName(pod) === change.pod;
      if (!change.lingers) return { pods: pods.filter((pod) => !isMeant(pod)), services };
      return { pods: pods.map((pod) => (isMeant(pod) ? { ...pod, terminating: true } : pod)), services };
    }
    case 'end-pod':
      return { pods: pods.filter((pod) => fullName(pod) !== change.pod), services };
    case 'remove-namespace': {
      const stays = ({ namespace }: { readonly namespace: string }) => namespace !== change.namespace;
      return { pods: pods.filter(stays), services: services.filter(stays) };
    }
    case 'restart-pods': {
      const back = new Map(change.pods.map((pod) => [fullName(pod), pod]));
      return { pods: pods.map((pod) => back.get(fullName(pod)) ?? pod), services };
    }
    default:
      return { pods, services };
  }
}
