import type { ReportOverview } from '../../../../core/result/page/overview.ts';
import type { Filter } from '../route.ts';
import { CardSection } from './card-section.tsx';
import { Counts } from './counts.tsx';
import { DifferenceSection } from './difference-section.tsx';
import { LatencySection } from './latency-section.tsx';
import { ScenarioList } from './scenario-list.tsx';

/** The first page: counts, card, difference, times, and the scenarios. */
export function Overview({ overview, filter }: { readonly overview: ReportOverview; readonly filter: Filter }) {
  return (
    <>
      <Counts summary={overview.summary} />
      {overview.difference !== null && <DifferenceSection difference={overview.difference} />}
      {overview.card.length > 0 && <CardSection card={overview.card} />}
      <LatencySection overview={overview} />
      <ScenarioList scenarios={overview.scenarios} filter={filter} />
    </>
  );
}
