/**
 * The oracle alone: what NetworkPolicies mean, asked of manifests as texts. Nothing in it needs Node.js, so it runs in a
 * browser too.
 *
 * ```ts
 * const { documents, problems } = readManifests(text, 'policies.yaml');
 * const { state, positions } = stateFrom(documents);
 * const oracle = compile(state);
 * const question = questionOf(oracle, { from: 'shop/a', to: 'service/shop/web', port: 80, protocol: 'TCP' });
 * if (!('unknown' in question)) console.log(answerText(answer(oracle, question, positions)));
 * ```
 *
 * @module
 */

// Files
export type { Problem } from './core/diagnostics/errors.ts';
export { formatPosition, type Position } from './core/diagnostics/position.ts';
// The Kubernetes objects that decide
export type { ClusterNode } from './core/model/cluster-node.ts';
export type { ClusterState } from './core/model/cluster-state.ts';
export type { Host } from './core/model/host.ts';
export type { Namespace } from './core/model/namespace.ts';
export type { ContainerPort, Pod } from './core/model/pod.ts';
export type { NetworkPolicy, PolicyType } from './core/model/policy.ts';
export type { IpFamily, Protocol } from './core/model/protocol.ts';
export type { LabelSelector, Labels } from './core/model/selector.ts';
export type { Service, ServicePort } from './core/model/service.ts';
// One connection
export { type Answer, answer, answerText } from './core/oracle/answer.ts';
export type { Connection, End } from './core/oracle/connection.ts';
export type { Decision, HalfDecision, Verdict } from './core/oracle/decision.ts';
export { endOf } from './core/oracle/end-of.ts';
export { explain, type Positions } from './core/oracle/explain.ts';
export { explainText } from './core/oracle/explain-text.ts';
export type { Explanation } from './core/oracle/explanation.ts';
// All connections
export { fateGroups } from './core/oracle/fate-groups.ts';
export { type ChangedConnection, type Impact, impact } from './core/oracle/impact.ts';
export { type MatrixRow, matrixRows } from './core/oracle/matrix-table.ts';
export { compile, type Oracle, type OracleOptions } from './core/oracle/oracle.ts';
export { type OutsideEnd, outsideEnds } from './core/oracle/outside-ends.ts';
export { portText, tellingPorts } from './core/oracle/policy-ports.ts';
export { type AskedConnection, type Question, questionOf } from './core/oracle/question.ts';
export type { AskedPort } from './core/oracle/reachability.ts';
export { type MatrixRequest, type WholeMatrix, wholeMatrix } from './core/oracle/whole-matrix.ts';
export { type ManifestDocument, type ManifestFile, type ManifestReading, readManifests } from './formats/manifest.ts';
export { type ManifestState, type StateReading, stateFrom } from './formats/manifest-state.ts';
