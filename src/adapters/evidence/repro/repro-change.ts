import { splitName } from '../../../core/model/pod-name.ts';
import { describeChurn } from '../../../core/scenario/churn.ts';
import { describeDisruption, isDisruption } from '../../../core/scenario/disruption.ts';
import { fillPlaceholders, placeholdersIn } from '../../../core/scenario/placeholders.ts';
import { renderManifest, type Substitution } from '../../../core/scenario/render-manifest.ts';
import type { Change, Json, ScenarioManifest } from '../../../core/scenario/scenario.ts';
import { shellQuote } from '../../process/shell-quote.ts';

/** Stands for `${` in a manifest, so that the placeholders are filled by the script, which knows the addresses. */
const MARK = '@@{';

/** Lines that make a change with kubectl, in the namespaces and with the pod range of the substitution. */
export function changeLines(change: Change, substitution: Substitution): readonly string[] {
  const { namespaces } = substitution;
  const real = (logical: string): string => namespaces.get(logical) ?? logical;
  const patch = (words: readonly string[], labels: Readonly<Record<string, string | null>>): string =>
    shellQuote(['kubectl', ...words, '--type=merge', '-p', JSON.stringify({ metadata: { labels } })]);
  const byHand = (words: string): readonly string[] => [
    `echo ${shellQuote([`By hand now: ${words}. Then press Enter.`])}`,
    'read -r _',
  ];
  if (isDisruption(change)) return byHand(describeDisruption(change));
  switch (change.kind) {
    case 'create':
    case 'end-pod':
    case 'restart-pods':
      return byHand(describeChurn(change));
    case 'remove-pod': {
      const { namespace, name } = splitName(change.pod);
      const grace = change.graceSeconds === undefined ? '' : ` --grace-period=${change.graceSeconds}`;
      return [`kubectl -n ${real(namespace)} delete pod ${name}${grace}${change.lingers ? ' --wait=false' : ''}`];
    }
    case 'remove-namespace':
      return [`kubectl delete namespace ${real(change.namespace)}`];
    case 'apply':
      return appliedLines(change.manifest, substitution);
    case 'delete': {
      const { namespace, name } = change.policy;
      return [`kubectl -n ${real(namespace)} delete networkpolicy ${name} --ignore-not-found`];
    }
    case 'label-pod': {
      const { namespace, name } = splitName(change.pod);
      return [patch(['-n', real(namespace), 'patch', 'pod', name], change.labels)];
    }
    case 'label-namespace':
      return [patch(['patch', 'namespace', real(change.namespace)], change.labels)];
  }
}

/** Lines that apply an object as it is, or as a filter command makes it. */
export function sendLines(object: unknown, filter?: string): readonly string[] {
  const send = filter === undefined ? "send <<'OBJECT'" : `${filter} <<'OBJECT' | send || exit 3`;
  return [send, JSON.stringify(object), 'OBJECT'];
}

function appliedLines(manifest: ScenarioManifest, { namespaces, addresses }: Substitution): readonly string[] {
  const text = fillPlaceholders(JSON.stringify(manifest.tree), { ...addresses, pods: new Map() });
  const placeholders = [...new Map(placeholdersIn(text).map((each) => [each.text, each])).values()];
  const marked = JSON.parse(text.replaceAll('${', MARK)) as { readonly [key: string]: Json };
  const object = renderManifest({ ...manifest, tree: marked }, { namespaces, addresses: { pods: new Map() } });
  if (placeholders.length === 0) return sendLines(object);
  const rules = placeholders.map(({ text: placeholder, pod = '' }) => {
    const { namespace, name } = splitName(pod);
    const length = /\/(\d+)\}$/.exec(placeholder.startsWith('${cidr:') ? placeholder : '')?.[1];
    const address = `$(first_ip ${namespaces.get(namespace) ?? namespace} ${name})`;
    const value = length === undefined ? address : `$(network "${address}" ${length})`;
    return `-e "s|${placeholder.replace('${', MARK)}|${value}|g"`;
  });
  return sendLines(object, `sed ${rules.join(' ')}`);
}
