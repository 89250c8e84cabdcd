import type { JsonPath } from '../diagnostics/json-path.ts';
import type { Position } from '../diagnostics/position.ts';
import type { EgressRule, IngressRule, PolicyType } from '../model/policy.ts';
import type { Decision, Verdict } from './decision.ts';
import type { PartCheck } from './explain-peer.ts';

/** A part of a policy, by the policy's `namespace/name` and the path in it. */
export interface PolicyPart {
  readonly policy: string;
  readonly path: JsonPath;
  /** Where it stands in its file, if it comes from one. */
  readonly position?: Position;
}

/** A peer or port that was looked at. */
export interface PartExplanation extends PartCheck {
  readonly part: PolicyPart;
}

/** A rule of a policy that selects the pod. It admits if one of its peers and one of its ports match. */
export interface RuleExplanation {
  readonly part: PolicyPart;
  readonly admits: boolean;
  /** The peer that matches, or the one nearest to it; undefined when the rule is for every peer. */
  readonly peer: PartExplanation | undefined;
  /** The port that matches, or the one nearest to it; undefined when the rule is for every port. */
  readonly port: PartExplanation | undefined;
}

/** A policy that selects the pod in this direction. */
export interface PolicyExplanation {
  readonly part: PolicyPart;
  readonly rules: readonly RuleExplanation[];
}

/** A change that opens a denied direction: a rule added to a policy that selects the pod. */
export interface Remedy {
  readonly policy: string;
  readonly field: 'ingress' | 'egress';
  readonly rule: IngressRule | EgressRule;
}

/** Why one direction came out as it did. */
export interface HalfExplanation {
  readonly direction: PolicyType;
  /** The pod whose policies speak, or the address that no policy selects. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** As in `HalfDecision`. */
  readonly decidedBy: string;
  /** The policies that select the pod, those that admit first; empty where none was asked. */
  readonly policies: readonly PolicyExplanation[];
  readonly remedy: Remedy | undefined;
  /** Rules for this direction that have no effect, where no policy isolates the pod: `policyTypes` lacks the direction. */
  readonly idle: readonly PolicyPart[];
}

/** Why a connection came out as it did; plain data. */
export interface Explanation {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
  readonly verdict: Decision['verdict'];
  /** What the verdict depends on, where it is not defined; one sentence each. */
  readonly openQuestions: readonly string[];
  readonly egress: HalfExplanation;
  readonly ingress: HalfExplanation;
}
