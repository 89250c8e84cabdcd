import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import { moduleFolder } from '../go/go-module.ts';
import { publishedBinaries } from '../go/pinned-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import type { SourceVersions } from '../versions.ts';
import { listedImage } from './image-list.ts';
import type { KubernetesProgram } from './kubernetes-binaries.ts';

const containerdTags = ['no_btrfs', 'no_devmapper', 'no_zfs', 'no_aufs'];
const plugins = [
  'ipam/host-local',
  'main/loopback',
  'main/ptp',
  'main/bridge',
  'meta/portmap',
  'meta/bandwidth',
  'meta/tuning',
];

/** The reference CNI plugins, which Calico's own chain calls too. */
export const cniPlugins = (context: BuildContext, version: string): FolderStep => {
  const path = 'github.com/containernetworking/plugins';
  return publishedBinaries(
    context,
    { path, version },
    {
      name: 'cni-plugins',
      title: `build CNI plugins ${version}`,
      programs: Object.fromEntries(plugins.map((name) => [name.replace(/^.*\//, ''), `${path}/plugins/${name}`])),
    },
  );
};

const containerRuntime = (context: BuildContext, version: string): FolderStep => {
  const path = 'github.com/containerd/containerd/v2';
  const programs = ['containerd', 'containerd-shim-runc-v2', 'ctr'];
  return publishedBinaries(
    context,
    { path, version },
    {
      name: 'containerd',
      title: `build containerd ${version}`,
      programs: Object.fromEntries(programs.map((name) => [name, `${path}/cmd/${name}`])),
      tags: containerdTags,
      stamps: { [`${path}/version.Version`]: version },
    },
  );
};

const crictl = (context: BuildContext, version: string): FolderStep => {
  const path = 'sigs.k8s.io/cri-tools';
  return publishedBinaries(
    context,
    { path, version },
    {
      name: 'crictl',
      title: `build crictl ${version}`,
      programs: { crictl: `${path}/cmd/crictl` },
    },
  );
};

/** Sets a value in containerd's config; the line has to be there, or the file is not the one this recipe was made for. */
export const setInConfig = (config: string, name: string, value: string): string => {
  const line = new RegExp(`^(\\s*${name}\\s*=\\s*).*$`, 'm');
  if (!line.test(config)) {
    throw new ClusterError({
      code: 'recipe-mismatch',
      message: `kind's containerd config has no line "${name} = …"`,
      hint: 'Use the kind version that this recipe was made for.',
    });
  }
  return config.replace(line, `$1${value}`);
};

/** kind's own files for a node, from its module, with modes and with what this image needs differently. */
const nodeFiles = (context: BuildContext, version: string, list: FolderStep): FolderStep =>
  folderStep(context, {
    name: 'node-files',
    title: `take the node files of kind ${version}`,
    needs: [list],
    inputs: [version, 'restricted oom score, own pause 1'],
    async make(folder) {
      const module = await moduleFolder(context, { path: 'sigs.k8s.io/kind', version });
      await cp(join(module, 'images/base/files'), folder, { recursive: true });
      // A module zip keeps no modes, and the module cache is read-only.
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const executable = entry.isDirectory() || /\/(usr\/local|kind)\/bin\//.test(path);
        await chmod(path, executable ? 0o755 : 0o644);
      }
      const file = join(folder, 'etc/containerd/config.toml');
      const own = await readFile(file, 'utf8');
      // Lowering oom_score_adj is not permitted everywhere (CAP_SYS_RESOURCE).
      const restricted = setInConfig(own, 'restrict_oom_score_adj', 'true');
      await writeFile(file, setInConfig(restricted, 'sandbox_image', JSON.stringify(await listedImage(list, 'pause'))));
      await mkdir(join(folder, 'etc/kubernetes/manifests'), { recursive: true });
    },
  });

/** As kind's own Dockerfile does after installing packages. */
const setUp = [
  'rm -f /lib/systemd/system/sysinit.target.wants/systemd-tmpfiles-setup.service',
  'rm -f /lib/systemd/system/multi-user.target.wants/* /etc/systemd/system/*.wants/* /lib/systemd/system/local-fs.target.wants/*',
  'rm -f /lib/systemd/system/sockets.target.wants/*udev* /lib/systemd/system/sockets.target.wants/*initctl* /lib/systemd/system/basic.target.wants/*',
  'echo "ReadKMsg=no" >> /etc/systemd/journald.conf',
  'ln -sf /usr/lib/systemd/systemd /sbin/init',
  'systemctl enable kubelet.service containerd.service undo-mount-hacks.service',
  'systemctl mask systemd-binfmt.service',
  `ctr oci spec | jq '.hooks.createContainer[.hooks.createContainer | length] |= . + {"path": "/kind/bin/mount-product-files.sh"} | del(.process.rlimits)' > /etc/containerd/cri-base.json`,
];

/** A node without Kubernetes' images: system, container runtime, kubelet and kubeadm. */
export const nodeBase = (
  context: BuildContext,
  parts: {
    readonly versions: SourceVersions;
    readonly root: ImageStep;
    readonly binaries: Readonly<Record<KubernetesProgram, FolderStep>>;
    readonly list: FolderStep;
  },
): ImageStep => {
  const { versions, root, binaries, list } = parts;
  const runtime = containerRuntime(context, versions.containerd);
  const cri = crictl(context, versions.criTools);
  const cni = cniPlugins(context, versions.cniPlugins);
  const files = nodeFiles(context, versions.kind, list);
  const { kubelet, kubeadm, kubectl } = binaries;
  return dockerfileStep(context, {
    name: 'node-base',
    title: `image of a node without its images, ${versions.kubernetes}`,
    needs: [root, runtime, cri, cni, files, kubelet, kubeadm, kubectl],
    dockerfile: `FROM ${root.image}
COPY files/ /
COPY runtime/ /usr/local/bin/
COPY cri/ /usr/local/bin/
COPY cni/ /opt/cni/bin/
COPY kubelet/ kubeadm/ kubectl/ /usr/bin/
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
RUN ${setUp.join('; ')}; echo -n ${versions.kubernetes} > /kind/version
ENV container=docker
STOPSIGNAL SIGRTMIN+3
ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]
`,
    files: [
      { to: 'files', from: files.folder },
      { to: 'runtime', from: runtime.folder },
      { to: 'cri', from: cri.folder },
      { to: 'cni', from: cni.folder },
      { to: 'kubelet', from: kubelet.folder },
      { to: 'kubeadm', from: kubeadm.folder },
      { to: 'kubectl', from: kubectl.folder },
    ],
  });
};
