import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workloadImages } from '../../workload-images.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { folderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import { busybox } from './busybox.ts';
import { nodeBinary } from './node-binary.ts';

/** A stand-in for a published workload image. */
export interface WorkloadBuild {
  /** The published name, which the stand-in carries in the cluster. */
  readonly name: string;
  readonly step: ImageStep;
  /** What it is made of, for the run's record. */
  readonly source: string;
}

const nginxConfig = `worker_processes 1;
pid /run/nginx.pid;
error_log /dev/stderr notice;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server {
    listen 80;
    listen [::]:80;
    root /usr/share/nginx/html;
    index index.html index.htm;
  }
}
`;

/** As the published image's: a host without IPv6 gets no IPv6 listener. */
const nginxStart = `#!/bin/sh
[ -f /proc/net/if_inet6 ] || sed -i '/listen \\[::\\]/d' /etc/nginx/nginx.conf
exec "$@"
`;

/** What busybox expects of a system: names for root and nobody, and the order of name look-ups. */
const alpineFiles: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnobody:x:65534:\n',
  'etc/nsswitch.conf': 'hosts: files dns\n',
  'root/.keep': '',
  'var/www/.keep': '',
};

const writeAll = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
  }
};

/** Stand-ins for the workload images, made of Debian's nginx, BusyBox' source and the npm package of Node.js. */
export const workloadBuilds = (
  context: BuildContext,
  options: { readonly smallRoot: ImageStep; readonly node: string; readonly codename: string },
): readonly WorkloadBuild[] => {
  const { smallRoot, codename } = options;
  const box = busybox(context, codename);
  const system = folderStep(context, {
    name: 'alpine-files',
    title: 'write the files of the alpine stand-in',
    inputs: alpineFiles,
    make: (folder) => writeAll(folder, alpineFiles),
  });
  const nginxFiles = { 'nginx.conf': nginxConfig, 'start.sh': nginxStart };
  const web = folderStep(context, {
    name: 'nginx-files',
    title: 'write the files of the nginx stand-in',
    inputs: nginxFiles,
    make: (folder) => writeAll(folder, nginxFiles),
  });
  const node = nodeBinary(context, options.node);
  return [
    {
      name: workloadImages.alpine.name,
      source: `BusyBox of Debian ${codename}`,
      step: dockerfileStep(context, {
        name: 'alpine',
        title: 'image alpine',
        needs: [box, system],
        dockerfile: `FROM scratch
COPY busybox/ /
COPY files/ /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN mkdir -p /tmp /dev /proc /sys /run && chmod 1777 /tmp
CMD ["/bin/sh"]
`,
        files: [
          { to: 'busybox', from: join(box.folder, 'root') },
          { to: 'files', from: system.folder },
        ],
      }),
    },
    {
      name: workloadImages.nginx.name,
      source: `nginx-light of Debian ${codename}`,
      step: dockerfileStep(context, {
        name: 'nginx',
        title: 'image nginx',
        needs: [smallRoot, web],
        dockerfile: `FROM ${smallRoot.image}
COPY files/nginx.conf /etc/nginx/nginx.conf
COPY files/start.sh /docker-entrypoint.sh
ENTRYPOINT ["/docker-entrypoint.sh"]
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
`,
        files: [{ to: 'files', from: web.folder }],
      }),
    },
    {
      name: workloadImages.node.name,
      source: `npm node ${options.node} on Debian ${codename}`,
      step: dockerfileStep(context, {
        name: 'node-runtime',
        title: 'image node',
        needs: [smallRoot, node],
        dockerfile: `FROM ${smallRoot.image}\nCOPY node /usr/local/bin/node\nCMD ["node"]\n`,
        files: [{ to: 'node', from: join(node.folder, 'node') }],
      }),
    },
  ];
};
