/**
 * What a test suite of your own needs to prove NetworkPolicy on a cluster: read scenarios, open a session on a cluster
 * (or on the oracle as one), run them, and judge and print what came of it.
 *
 * ```ts
 * const provider = clusterProvider({ provider: 'kubeconfig', context: 'staging' }, { clock: systemClock });
 * const { signal } = new AbortController();
 * const session = await openSession(await provider.ensure({ progress: progressFor(process.stderr), signal }));
 * const options = { info: session.info, signal, failFast: false };
 * const result = await runAll(loadScenarios(['policies/']), session.startRun({ signal }), () => {}, options);
 * process.exitCode = exitCodeOf(result);
 * ```
 *
 * The same as a mocha suite: `describeScenarios` of `netproof/mocha`.
 *
 * @module
 */

// Clusters
export { type ClusterRequest, clusterProvider } from './adapters/cluster/provider.ts';
export { type CniChoice, defaultCni, parseCniChoice } from './adapters/cni/cni-choice.ts';
// Scenarios
export { type LoadOptions, loadScenarios } from './adapters/files/load-scenarios.ts';
export { systemClock } from './adapters/system-clock.ts';
// Errors: what could not be found out, and mistakes in files
export {
  ClusterError,
  NetproofError,
  ProbeError,
  type Problem,
  ScenarioError,
  UsageError,
} from './core/diagnostics/errors.ts';
export { formatPosition, type Position } from './core/diagnostics/position.ts';
// Judging
export { judgeStep } from './core/judge/judge-step.ts';
export { DEFAULT_LIMITS, type JudgeLimits } from './core/judge/limits.ts';
export type { AgentHealth, Backend, CellSeries, Span, StepRecord } from './core/judge/record.ts';
export type {
  CellReason,
  CellVerdict,
  ConnectionReason,
  ConnectionVerdict,
  Interval,
  Status,
  StepVerdict,
} from './core/judge/verdict.ts';
// Matrices
export { type Cell, cellName, type Path, type ProbeMethod } from './core/matrix/cell.ts';
export type { Expected } from './core/matrix/expected.ts';
export type { Attempt, Outcome } from './core/matrix/outcome.ts';
// The Kubernetes objects that decide
export type { ClusterState } from './core/model/cluster-state.ts';
export type { Namespace } from './core/model/namespace.ts';
export type { Pod } from './core/model/pod.ts';
export type { NetworkPolicy, PolicyType } from './core/model/policy.ts';
export type { IpFamily, Protocol } from './core/model/protocol.ts';
export type { LabelSelector, Labels } from './core/model/selector.ts';
export type { Service } from './core/model/service.ts';
// The oracle: what should happen, and why
export type { Connection, End } from './core/oracle/connection.ts';
export type { Decision } from './core/oracle/decision.ts';
export { endOf } from './core/oracle/end-of.ts';
export { type CellExpectation, expectedOf } from './core/oracle/expected-of.ts';
export { explain, type Positions } from './core/oracle/explain.ts';
export { explainText } from './core/oracle/explain-text.ts';
export type { Explanation } from './core/oracle/explanation.ts';
export { compile, type Oracle, type OracleOptions } from './core/oracle/oracle.ts';
// Results
export { exitCodeOf } from './core/result/build-run.ts';
export { compareRuns } from './core/result/difference/compare-runs.ts';
export type {
  Difference,
  LatencyDifference,
  ScenarioDifference,
} from './core/result/difference/difference.ts';
export type {
  CardEntry,
  CellResult,
  FailureResult,
  ResultStatus,
  RunResult,
  ScenarioResult,
  StepResult,
  Summary,
} from './core/result/result.ts';
export { resultSchema } from './core/result/schema.ts';
export type { Expectation, ExpectationLine } from './core/scenario/expectation.ts';
export type { Addresses } from './core/scenario/placeholders.ts';
export { type PlanOptions, plan } from './core/scenario/plan.ts';
export type { PlannedCell, PlannedStep } from './core/scenario/planned-step.ts';
export { type RenderedManifest, renderManifest, type Substitution } from './core/scenario/render-manifest.ts';
export type {
  Change,
  Json,
  PodImage,
  Scenario,
  ScenarioManifest,
  ScenarioNamespace,
  ScenarioPod,
  ScenarioService,
  ServedPort,
  Step,
} from './core/scenario/scenario.ts';
// Runs
export { NotRun, type Run } from './engine/run.ts';
export { type RunAllOptions, runAll } from './engine/run-all.ts';
export { type ManifestDocument, type ManifestFile, type ManifestReading, readManifests } from './formats/manifest.ts';
export { type ManifestState, stateFrom } from './formats/manifest-state.ts';
export { readScenarios, type ScenarioReading, type ScenarioText } from './formats/scenario.ts';
// Ports
export type { Clock } from './ports/clock.ts';
export type { Cluster, ClusterInfo, KubeObject } from './ports/cluster.ts';
export type { ClusterProvider, ClusterStatus, CniInfo, ProviderCall, ReadyCluster } from './ports/cluster-provider.ts';
export type { Progress } from './ports/progress.ts';
export type { RunEvent, RunEvents } from './ports/run-events.ts';
// Reports
export { formatError } from './reporters/error.ts';
export { formatHtml, writeHtml } from './reporters/html/html.ts';
export { writeJson } from './reporters/json.ts';
export { formatJunit, writeJunit } from './reporters/junit.ts';
export { formatMarkdown, writeMarkdown } from './reporters/markdown/markdown.ts';
export { formatMatrix, type PrintedMatrix, type PrintOptions } from './reporters/matrix.ts';
export { type Output, outputOn } from './reporters/output.ts';
export { progressFor } from './reporters/progress.ts';
export { stepLines } from './reporters/step-lines.ts';
export type { MatrixCell } from './reporters/symbols.ts';
export { terminalReporter } from './reporters/terminal.ts';
export { openSession, openSimulatedSession, type RunOptions, type Session, type SessionOptions } from './session.ts';
