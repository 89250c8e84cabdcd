import { useEffect, useState } from 'preact/hooks';
import type { ReportOverview } from '../../../core/result/page/overview.ts';
import { formatElapsed } from '../../elapsed.ts';

/** What ran where, and the switch of colours. */
export function Header({ overview: { run } }: { readonly overview: ReportOverview }) {
  const { cluster, cni } = run;
  const plugin = [cni.name, cni.version].filter(Boolean).join(' ');
  const nodes = `${cluster.nodes} node${cluster.nodes === 1 ? '' : 's'}`;
  return (
    <header>
      <div class="masthead">
        <h1>
          <a href="#/">{plugin}</a>
        </h1>
        <ColourSwitch />
      </div>
      <p class="quiet">
        Kubernetes {cluster.kubernetes} · {cluster.provider}, {nodes}, {cluster.ipFamily.replaceAll(',', ' and ')} ·{' '}
        <time dateTime={run.started}>{run.started.replace('T', ' ').slice(0, 16)} UTC</time> ·{' '}
        {formatElapsed(run.duration_ms)} · run {run.id}, seed {run.seed}
        {run.netproof !== undefined && ` · netproof ${run.netproof}`}
      </p>
      {run.simulated && <p class="notice">Simulated: this says nothing about a real cluster.</p>}
      {run.interrupted && <p class="notice">Interrupted: the rest did not run.</p>}
    </header>
  );
}

const SCHEMES = { system: 'of the system', light: 'light', dark: 'dark' } as const;

function ColourSwitch() {
  const [scheme, setScheme] = useState<keyof typeof SCHEMES>('system');
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
    dispatchEvent(new Event('colourschemechange'));
  }, [scheme]);
  return (
    <label class="quiet no-print">
      Colours{' '}
      <select value={scheme} onChange={(event) => setScheme(event.currentTarget.value as keyof typeof SCHEMES)}>
        {Object.entries(SCHEMES).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
