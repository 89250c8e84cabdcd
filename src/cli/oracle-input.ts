import { type InputFile, inputFilesAt } from '../adapters/files/input-files.ts';
import { usableFiles } from '../adapters/files/usable-files.ts';
import { type Problem, ScenarioError, UsageError } from '../core/diagnostics/errors.ts';
import type { ClusterState } from '../core/model/cluster-state.ts';
import type { Positions } from '../core/oracle/explain.ts';
import { type ManifestDocument, readManifests } from '../formats/manifest.ts';
import { replacementNotes } from '../formats/manifest-notes.ts';
import { stateFrom } from '../formats/manifest-state.ts';
import type { Cluster } from '../ports/cluster.ts';
import { readCluster } from './live-state.ts';
import { scenarioSource } from './scenario-source.ts';

/** What the oracle's verbs read their state from. */
export interface OracleInput {
  /** Manifest files and folders of them, or one scenario file. */
  readonly files: readonly string[];
  /** Step of the scenario after which the state is taken; default the last. */
  readonly step?: string;
  /** A live cluster, only read; files count as applied on top of it. */
  readonly cluster?: Cluster;
}

/** A state with where its policies stand, and what was left out of the files. */
export interface OracleSource {
  readonly state: ClusterState;
  readonly positions: Positions;
  readonly notes: readonly string[];
}

/**
 * Reads the state that the verbs ask about. Throws `UsageError` for a file that cannot be read or if there is no
 * input, `ScenarioError` with every mistake in the files, `ClusterError` when the cluster cannot be read.
 */
export async function readOracleSource(input: OracleInput): Promise<OracleSource> {
  return sourceOf(await readInput(input));
}

/** Reads two states that are to be compared: a pod has the same name in both. Throws as `readOracleSource`. */
export async function readOracleSources(
  first: OracleInput,
  second: OracleInput,
): Promise<readonly [OracleSource, OracleSource]> {
  const [a, b] = [await readInput(first), await readInput(second)];
  return [sourceOf(a, b), sourceOf(b, a)];
}

/** What was read: a scenario's state, or manifests. */
type Input = OracleSource | Manifests;

interface Manifests {
  readonly documents: readonly ManifestDocument[];
  readonly notes: readonly string[];
}

function sourceOf(input: Input, beside?: Input): OracleSource {
  if ('state' in input) return input;
  const others = beside !== undefined && 'documents' in beside ? beside.documents : [];
  return { ...stateFrom(input.documents, { beside: others }), notes: input.notes };
}

async function readInput({ files, step, cluster }: OracleInput): Promise<Input> {
  if (files.length === 0 && cluster === undefined) {
    const hint = 'name files of manifests, or a cluster with --kubeconfig';
    throw new UsageError({ code: 'no-input', message: 'there is nothing to read the policies from', hint });
  }
  const found = usableFiles(files.flatMap(filesAt));
  const scenario = found.files.find(({ kind }) => kind === 'scenario');
  if (scenario !== undefined) {
    if (found.files.length === 1 && cluster === undefined) return scenarioSource(scenario, step);
    const message = `${scenario.path} is a scenario: it brings its own pods and policies`;
    throw new UsageError({ code: 'scenario-among-manifests', message, hint: 'name it alone' });
  }
  if (step !== undefined) {
    const hint = 'name a scenario, or leave --step out';
    throw new UsageError({ code: 'step-without-scenario', message: 'manifests and clusters have no steps', hint });
  }
  const live = cluster === undefined ? { documents: [], notes: [] } : await readCluster(cluster);
  const read = found.files.map(({ text, path }) => readManifests(text, path));
  throwIfAny(read.flatMap(({ problems }) => problems));
  const written = read.flatMap(({ documents }) => documents);
  return {
    documents: [...live.documents, ...written],
    notes: [...found.notes, ...live.notes, ...read.flatMap(({ notes }) => notes), ...replacementNotes(written)],
  };
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ScenarioError(problems);
}

function filesAt(path: string): readonly InputFile[] {
  const files = inputFilesAt(path);
  if (files !== undefined) return files;
  throw new UsageError({ code: 'file-unreadable', message: `cannot read ${path}: there is no such file or folder` });
}
