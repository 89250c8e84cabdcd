import { formatPosition, type Position } from '../core/diagnostics/position.ts';
import { fullName } from '../core/model/pod-name.ts';
import { idleRulesOf } from '../core/model/policy-types.ts';
import type { ManifestDocument } from './manifest.ts';
import { nodeAt } from './yaml-node.ts';

/** Says which policies of files take the place of others: `b.yaml:6:1 replaces x/p of a.yaml:1:1`. */
export function replacementNotes(documents: readonly ManifestDocument[]): readonly string[] {
  const written = documents.filter(({ policy, position }) => policy !== undefined && position.line > 0);
  const byName = Map.groupBy(written, ({ policy }) => (policy === undefined ? '' : fullName(policy.metadata)));
  return [...byName].flatMap(([name, all]) => {
    const places = [...new Set(all.map(({ position }) => formatPosition(position)))];
    return places.slice(1).map((place, i) => `${place} replaces ${name} of ${places[i]}`);
  });
}

/** Says which rules of policies have no effect, for `policyTypes` lacks their direction. */
export function idleRuleNotes(documents: readonly ManifestDocument[]): readonly string[] {
  return documents.flatMap(({ policy, node }) =>
    policy === undefined
      ? []
      : idleRulesOf(policy.spec).map((type) => {
          const field = type.toLowerCase();
          const place = nodeAt(node, ['spec', field])?.keyPosition;
          return `${placed(place)}spec.${field} of ${fullName(policy.metadata)} has no effect: policyTypes lacks ${type}`;
        }),
  );
}

function placed(position: Position | undefined): string {
  return position === undefined || position.line === 0 ? '' : `${formatPosition(position)}: `;
}
