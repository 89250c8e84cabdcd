import type { ClusterIpFamily } from '../../core/model/protocol.ts';
import type { DocumentedGap } from '../../core/result/card/documented-gap.ts';
import type { AddressPin } from '../../ports/address-pin.ts';
import type { KubeObject, ObjectRef } from '../../ports/cluster.ts';

/**
 * A network plugin that netproof can install, described as data: one plugin with another data plane is another
 * description, for what it enforces may differ.
 */
export interface CniPlugin {
  /** As written after `--cni`, and as `result.json` records it. */
  readonly name: string;
  /** For people: `Calico, eBPF data plane`. */
  readonly title: string;
  /** Where its makers say how it is installed. */
  readonly documentation: string;
  /** What `detectCni` calls it: data planes of one plugin look alike there. */
  readonly recognisedAs: string;
  /** Releases that are known, newest first; others can be asked for. The version is empty where it has none of its own. */
  readonly versions: readonly CniVersion[];
  /** What `--cni NAME` without a version means; empty where it has none of its own. */
  readonly defaultVersion: string;
  readonly install: CniInstall;
  /** The recipe that builds it where no registry answers; absent: it cannot be built here. */
  readonly recipe?: 'calico' | 'flannel' | 'kube-router';
  /** What kind's nodes must be like. */
  readonly kind: KindNeeds;
  /** What is installed, made of what its makers publish: for this cluster, and with the data plane chosen. */
  readonly prepare: (objects: readonly KubeObject[], cluster: CniTarget) => readonly KubeObject[];
  /** What enforces policy on each node. */
  readonly agent: PluginPods & { readonly daemonSet: string };
  /** What tells the agents what to enforce, where there is such a thing. */
  readonly controller?: PluginPods & { readonly deployment: string };
  /** DaemonSets and Deployments that must be rolled out before the plugin counts as installed. */
  readonly rollouts: readonly ObjectRef[];
  /** How it is told a new pod's address; absent: it cannot be told. */
  readonly pinAddress?: AddressPin;
  /** What its makers say that it does. Of a property that neither this nor `gaps` names nothing is documented. */
  readonly supports: readonly DocumentedSupport[];
  /** What its makers say that it does not do, or does otherwise: a violation there is a documented gap, not a bug. */
  readonly gaps: readonly DocumentedGap[];
  /** Their page that lists what it does not do: with it, no gaps means none there. Absent: no such page is known. */
  readonly gapsAt?: string;
  /** Whether a run of the scenarios on it was seen to come out as expected. */
  readonly verified: boolean;
}

/** What a plugin is documented to do. Fields as those of a gap. */
type DocumentedSupport = DocumentedGap;

/** A release. */
interface CniVersion {
  readonly version: string;
  /** Kubernetes versions that the nightly run tries it on; empty: it is not part of that. */
  readonly kubernetes: readonly string[];
  /** SHA-256 of what `install` fetches, hexadecimal. Absent: nobody told us; it is taken as it comes. */
  readonly sha256?: string;
}

/** How its makers publish it. */
type CniInstall =
  /** One file of Kubernetes objects. */
  | {
      readonly from: 'manifest';
      readonly url: (version: string) => string;
      /** Images that the file names without a tag, which are then of the same version as the file. */
      readonly untagged?: readonly string[];
    }
  /** A Helm chart, which is rendered here: its images have to be known before it is applied. */
  | {
      readonly from: 'chart';
      readonly url: (version: string) => string;
      readonly namespace: string;
      readonly values: (cluster: CniTarget) => Readonly<Record<string, unknown>>;
    }
  /** kind installs it itself, from its node image. */
  | { readonly from: 'node-image' };

/** What a plugin needs of kind's configuration besides the usual. */
interface KindNeeds {
  /** `none`: the plugin does the work of kube-proxy itself. Absent: as kind-config.yaml says. */
  readonly kubeProxyMode?: 'none' | 'iptables' | 'nftables';
  /** Reference CNI programs that it calls and that published node images lack, e.g. `bridge`. */
  readonly cniPrograms?: readonly string[];
}

/** The cluster that a plugin is installed on. */
export interface CniTarget {
  readonly ipFamily: ClusterIpFamily;
  /** As kubeadm takes it: `10.244.0.0/16`, of two families comma-separated. */
  readonly podSubnet: string;
  /** Of ClusterIPs, written likewise. */
  readonly serviceSubnet: string;
  /** Where nodes reach the API server without the plugin's help. */
  readonly apiServer: { readonly host: string; readonly port: number };
}

/** Which pods are a part of the plugin, and the container that does the work. */
interface PluginPods {
  readonly namespace: string;
  readonly labelSelector: string;
  readonly container: string;
}
